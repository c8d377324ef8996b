from datetime import date

from roadmap.links import Span, chain_between, moves_after

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))


def test_chain_between_names_the_shortest_way():
    links = [(1, 2, "after", 1), (2, 3, "after", 1), (1, 3, "with", 0), (3, 4, "after", 1)]

    assert chain_between(1, 4, links) == [1, 3, 4]
    assert chain_between(4, 1, links) == []


def test_follower_moves_as_far_as_it_must():
    late = Span(date(2026, 10, 1), date(2026, 11, 4))

    assert moves_after(1, {1: late, 2: NOVEMBER}, [(1, 2, "after", 1)]) == {2: 4}


def test_follower_after_is_never_drawn_back():
    early = Span(date(2026, 9, 1), date(2026, 9, 5))

    assert moves_after(1, {1: early, 2: NOVEMBER}, [(1, 2, "after", 1)]) == {}


def test_follower_with_keeps_its_distance_both_ways():
    assert moves_after(1, {1: OCTOBER, 2: NOVEMBER}, [(1, 2, "with", 0)]) == {2: -31}


def test_the_latest_of_several_leaders_counts_and_moves_go_down_the_chain():
    spans = {1: Span(date(2026, 10, 1), date(2026, 11, 2)), 2: NOVEMBER, 3: NOVEMBER, 4: NOVEMBER}
    links = [(1, 2, "after", 1), (1, 3, "after", 3), (2, 4, "with", 0), (3, 4, "with", 0)]

    assert moves_after(1, spans, links) == {2: 2, 3: 4, 4: 4}


def test_what_is_fixed_stays_and_holds_what_hangs_on_it():
    spans = {1: Span(date(2026, 10, 1), date(2026, 11, 9)), 2: OCTOBER, 3: NOVEMBER}
    links = [(1, 2, "after", 1), (2, 3, "after", 1)]

    assert moves_after(1, spans, links, fixed={2}) == {}


def test_an_activity_without_days_moves_nobody():
    assert moves_after(1, {2: NOVEMBER}, [(1, 2, "after", 1)]) == {}
