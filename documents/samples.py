"""Live examples for who writes texts: what each name in braces stands for in this organization, and a paper on trial.

The organization's own curator and one of its own pairs are taken; where there are none yet, invented people.
"""

from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from documents.annex_kinds import CITATIONS
from documents.blanks import blank_of, layout_content, letterhead_content
from documents.contents import order_in_genitive, signature_content
from documents.letter_texts import has_letter_text, letter_sample, letter_sample_values, letter_title_sample
from documents.order_kinds import ENDED_PAIRS, KINDS, PAIRS
from documents.order_words import curator_words
from documents.paper_texts import fill, points, split_at_command, with_lists
from documents.parties import party_of
from documents.template_language import Values
from documents.text_kinds import AGREEMENT, EACH_ENDED_PAIR, EACH_MENTEE, EACH_NAMED, EACH_PAIR, TITLE, text_kind
from documents.text_values import mentee_items, named_item, pair_item
from documents.text_versions import paper_text
from documents.wording import (
    assignment_sentence,
    described,
    in_copies,
    long_date,
    name_in,
    organization_in,
    paper_date,
    position_in,
    short_date,
    short_name_in,
    term_in_months,
)
from mentorship.school_year import SchoolYear
from participants.models import Person
from programs.models import Pair

INVENTED = (
    {"last_name": "Иванова", "first_name": "Мария", "patronymic": "Петровна", "position": "учитель математики"},
    {"last_name": "Орлова", "first_name": "Анна", "patronymic": "Ильинична", "position": "учитель физики"},
    {"last_name": "Белова", "first_name": "Ольга", "patronymic": "Юрьевна", "position": "методист"},
)
WORDS = {
    "причина": "завершением программы наставничества",
    "за что": "результативную работу наставником",
    "слова": "благодарственное письмо",
    "контроль": "контроль исполнения приказа оставляю за собой",
    "название конкурса": "Лучший наставник",
    "наставников": "9 наставников",
    "наставляемых": "13 наставляемых",
    "пар и групп": "6 пар (групп)",
    "завершено пар и групп": "1 пара (группа)",
    "встреч": "27 встреч",
}
LINES = {
    "задачи группы": ["подготовить план мероприятий («дорожную карту»)", "составить реестры участников"],
    "выводы": ["запросы молодых педагогов закрыты", "практики наставников описаны"],
    "задачи": ["расширить состав наставников", "провести конкурс практик"],
    "номинации": ["«Наставник молодого педагога»", "«Команда наставников»"],
}
GROUND = "в соответствии со статьёй 351.8 Трудового кодекса Российской Федерации"


def sample_values(organization, kind):
    """(Values of a text of the kind, {list placeholder: sentences}) from the organization's own data."""
    pair, curator = _pair_of(organization), _curator_of(organization)
    if has_letter_text(kind):
        return letter_sample_values(organization, kind, pair, curator)
    if kind == AGREEMENT:
        return Values(_agreement_words(organization, pair), mentee_items(pair.mentees)), {}
    words = {
        "основание": GROUND,
        "организация": organization.full_name,
        "организации": organization_in(organization, "genitive"),
        "учебный год": str(SchoolYear(_year())),
        "начало": long_date(pair.planned_from),
        "конец": long_date(pair.planned_to),
        "куратора": curator_words(curator, "accusative"),
        "куратору": curator_words(curator, "dative"),
        "куратором": curator_words(curator, "instrumental"),
    }
    known, order_kind = text_kind(kind), KINDS.get(kind)
    slots = order_kind.people if order_kind else ()
    cases = {slot.placeholder: slot.case for slot in slots}
    dates = {each.placeholder for each in order_kind.values if each.kind == "date"} if order_kind else set()
    citations = set(order_kind.citations) if order_kind else set()
    for name in sorted(known.scope.names):
        if name in citations:
            words[name] = _citation(name)
        elif name in cases:
            words[name] = described(pair.mentor, cases[name])
        elif name in dates:
            words[name] = long_date(pair.planned_to)
        else:
            words.setdefault(name, _words_of(name))
    lists = {PAIRS: [assignment_sentence(pair.mentor, pair.mentees, way=blank_of(organization).assignment_way)]}
    lists[ENDED_PAIRS] = [f"{pair.mentor.full_name} – {', '.join(each.full_name for each in pair.mentees)}"]
    for slot in slots:
        if slot.is_list:
            end = f", – {slot.usual_words}" if slot.words_label else ""
            lists[slot.placeholder] = [described(each, slot.case) + end for each in (pair.mentor, *pair.mentees)]
    usual = {each.placeholder: each.usual.splitlines() for each in (order_kind.values if order_kind else ())}
    spread = order_kind.lists if order_kind else set()
    for name in spread & set(known.placeholders):
        lists.setdefault(name, usual.get(name) or LINES.get(name) or [_words_of(name)])
        words[name] = f"{{{name}}}"
    item = pair_item(pair)
    named = [named_item(each, WORDS["слова"]) for each in (pair.mentor, *pair.mentees)]
    loops = {EACH_PAIR: [item], EACH_ENDED_PAIR: [item], EACH_NAMED: named, EACH_MENTEE: item.lists[EACH_MENTEE]}
    return Values(words, loops), lists


def _words_of(name):
    """An invented example of what the curator types, or of what the portal counts; those of a year by this one."""
    year = _year()
    of_year = {
        "протокол": f"протокол от 28.08.{year} № 1",
        "прежнее положение": "признать утратившим силу положение о системе наставничества, "
        f"утверждённое приказом от 01.09.{year - 1} №\xa012-од",
        "прежние приказы": f"Признать утратившим силу приказ от 01.09.{year - 1} №\xa012-од «О назначении куратора»",
    }
    return WORDS.get(name) or of_year.get(name) or f"[{name}]"


def _citation(name):
    """«(приложение № 1)» for «приложение: …», «приложении № 1» for its other forms."""
    form = name.partition(":")[0]
    return "(приложение №\xa01)" if form == CITATIONS[0] else f"{form} №\xa01"


def examples(organization, kind):
    """{name: words} for the list beside the editor."""
    values, lists = sample_values(organization, kind)
    return {name: "; ".join(lists[name]) if name in lists else values.words.get(name, "") for name in values.words}


def sample_content(organization, kind, text, *, blank=None):
    """The content of a paper of the kind with the text, as documents/contents.py makes it for a real one.

    `blank` are settings on trial. Raises ValidationError where the filled text would be too long.
    """
    known = text_kind(kind)
    if known.is_title and known.is_order:
        values, _sentences = sample_values(organization, kind)
        whole = sample_content(organization, known.paper, paper_text(organization, known.paper), blank=blank)
        return whole | {"title": fill(text, values.words)}
    if known.is_title:
        return letter_title_sample(organization, known.paper, text, _pair_of(organization), _curator_of(organization))
    if has_letter_text(kind):
        return letter_sample(organization, kind, text, _pair_of(organization), _curator_of(organization))
    values, lists = sample_values(organization, kind)
    blank = blank or blank_of(organization)
    filled = fill(text, values.words, values.lists)
    pair = _pair_of(organization)
    layout = layout_content(organization, blank)
    if kind == AGREEMENT:
        mentor, mentee = pair.mentor, pair.mentees[0]
        heading = (
            f"о сотрудничестве наставника {name_in(mentor, 'genitive')} и наставляемого {name_in(mentee, 'genitive')}"
        )
        return {
            "place": organization.place,
            "heading": heading,
            "points": points(filled),
            "layout": layout,
            "mentor": party_of(mentor, organization, year=timezone.localdate().year),
            "mentee": party_of(mentee, organization, year=timezone.localdate().year),
        }
    ground, body = split_at_command(filled)
    today = timezone.localdate()
    return {
        "letterhead": letterhead_content(organization, blank),
        "layout": layout,
        "place": organization.place,
        "date": paper_date(today, organization),
        "short_date": short_date(today),
        "number": organization.order_number_template.replace("{n}", "56"),
        "title": fill(paper_text(organization, f"{kind}{TITLE}"), values.words),
        "ground": ground,
        "points": with_lists(body, lists),
        "signature": signature_content(organization, organization.head()),
        "organization": short_name_in(organization, "genitive"),
        "rows": [],
        "named": [],
    }


def with_annex(content, organization):
    """The sample content with an annex, to see where its mark stands."""
    pair = _pair_of(organization)
    row = {
        "mentor": _named(pair.mentor),
        "mentees": [_named(each) for each in pair.mentees],
        "form": pair.form.name,
        "starts_on": short_date(pair.planned_from),
        "ends_on": short_date(pair.planned_to),
    }
    return {**content, "rows": [row]}


def _agreement_words(organization, pair):
    mentee = pair.mentees[0]
    return {
        "наставник": described(pair.mentor, "nominative"),
        "наставника": name_in(pair.mentor, "genitive"),
        "наставником": described(pair.mentor, "instrumental"),
        "наставляемый": described(mentee, "nominative"),
        "наставляемого": name_in(mentee, "genitive"),
        "наставляемым": described(mentee, "instrumental"),
        "организация": organization.full_name,
        "организации": organization_in(organization, "genitive"),
        "учебный год": str(SchoolYear(_year())),
        "приказа": order_in_genitive(organization, "56", timezone.localdate()),
        "форма": pair.form.name,
        "запрос": pair.topic,
        "срок": term_in_months(pair.planned_from, pair.planned_to),
        "начало": long_date(pair.planned_from),
        "конец": long_date(pair.planned_to),
        "экземпляры": in_copies(2),
    }


def _pair_of(organization):
    """The latest pair of the organization that has a mentee, or an invented one."""
    pairs = Pair.objects.filter(program__organization=organization).for_register()
    own = next((pair for pair in pairs.order_by("-pk")[:5] if pair.mentees), None)
    if own:
        return own
    mentor, mentee = (_invented(organization, place) for place in (0, 1))
    return SimpleNamespace(
        mentor=mentor,
        mentees=[mentee],
        form=SimpleNamespace(name="педагог – педагог"),
        topic="работа с родителями",
        planned_from=date(_year(), 10, 1),
        planned_to=date(_year() + 1, 5, 31),
    )


def _curator_of(organization):
    curators = organization.memberships.in_force().filter(role="curator")
    people = Person.objects.filter(organization=organization, user__in=curators.values("user"))
    return people.order_by("pk").first() or _invented(organization, 2)


def _invented(organization, place):
    return Person(organization=organization, gender="female", kind=Person.Kind.TEACHER, **INVENTED[place])


def _year():
    return SchoolYear.of(timezone.localdate()).start


def _named(person):
    return {"name": person.full_name, "position": position_in(person, "nominative")}
