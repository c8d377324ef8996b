"""What the loops of texts go through: pairs with their mentees, people whom an order names (documents/text_kinds.py)."""

from documents.order_words import named_in
from documents.template_language import Values
from documents.text_kinds import EACH_ENDED_PAIR, EACH_MENTEE, EACH_NAMED, EACH_PAIR
from documents.wording import described, long_date, name_in


def order_loops(order, pairs, ended_pairs):
    """{list: items} of an order."""
    loops = {
        EACH_PAIR: [pair_item(pair) for pair in pairs],
        EACH_ENDED_PAIR: [pair_item(pair) for pair in ended_pairs],
        **mentee_items([person for pair in pairs for person in pair.mentees]),
    }
    slots = [slot for slot in order.kind_of_order.people if slot.is_list]
    loops[EACH_NAMED] = [named_item(each.person, each.words) for slot in slots for each in named_in(order, slot.role)]
    return loops


def pair_item(pair):
    words = {
        "наставник": described(pair.mentor, "nominative"),
        "наставника": name_in(pair.mentor, "genitive"),
        "наставником": described(pair.mentor, "instrumental"),
        "форма": pair.form.name,
        "начало пары": long_date(pair.planned_from),
        "конец пары": long_date(pair.planned_to),
    }
    return Values(words, mentee_items(pair.mentees))


def mentee_items(people):
    """{list: items} of mentees."""
    return {
        EACH_MENTEE: [
            Values(
                {
                    "наставляемый": described(person, "nominative"),
                    "наставляемого": name_in(person, "genitive"),
                    "наставляемым": described(person, "instrumental"),
                }
            )
            for person in people
        ]
    }


def named_item(person, words):
    return Values(
        {
            "кто": described(person, "nominative"),
            "кого": described(person, "accusative"),
            "кому": described(person, "dative"),
            "кем": described(person, "instrumental"),
            "слова": words,
        }
    )
