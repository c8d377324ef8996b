"""Letters: papers beside the orders and agreements, made for good in one transaction with their number.

Many at once are made by documents/batches.py out of the same function.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from documents.filing import new_paper
from documents.letter_contents import letter_content
from documents.letter_kinds import ADDENDUM, CERTIFICATE, ORDER_COPY, ORDER_EXTRACT, THANKS
from documents.letters_of_pairs import leads_employees
from documents.models import Letter
from documents.registration import next_number, series_in, take_number
from mentorship.permissions import require
from participants.models import Person
from programs.models import Pair


@transaction.atomic
def make_letter(kind, subject, values, *, by, is_filed_at_once=True):
    """Make a paper of a LetterKind for good: its content and number are kept, its file is made by the worker.

    `values` is what the form gave: the fields of the kind, `dated_on` and, where typed by hand, `number`. Raises
    ValidationError for what the kind does not allow and for a number that is taken. Returns the Letter.
    """
    from documents.tasks import file_paper_task  # the tasks stand on the batches, and these on this module

    organization = subject.organization
    require(by, "documents.make_letters", organization)
    check_fits(kind, subject)
    day, number = values["dated_on"], ""
    if kind.has_number:
        series = series_in(organization)[kind.series]
        try:
            number = take_number(series, values.get("number"), year=day.year)
        except ValidationError as taken:
            raise ValidationError({"number": taken}) from taken
    content = letter_content(kind, subject, values, number=number)
    paper = new_paper(
        organization,
        kind.key,
        title=title_of(kind, subject, content),
        number=number,
        series=kind.series,
        dated_on=day,
        content=content,
        people=named_by(kind, subject, values),
        by=by,
    )
    letter = Letter.objects.create(paper=paper, program=subject.program, pair=subject.pair, order=subject.order)
    if is_filed_at_once:
        file_paper_task.delay_on_commit(paper.pk)
    return letter


def preview(kind, subject, values):
    """(content, number) as the paper would be printed now; nothing is taken or kept."""
    check_fits(kind, subject)
    number = values.get("number") or ""
    if kind.has_number and not number:
        number = next_number(series_in(subject.organization)[kind.series], year=values["dated_on"].year)
    return letter_content(kind, subject, values, number=number), number


def check_fits(kind, subject):
    """Raise ValidationError where the kind cannot be made of the subject."""
    if kind.key == ADDENDUM and subject.pair.mentor.kind != Person.Kind.TEACHER:
        raise ValidationError(
            _("%(mentor)s is no employee of the organization: there is no labour contract to add to."),
            params={"mentor": subject.pair.mentor},
        )
    if kind.key in (ORDER_EXTRACT, ORDER_COPY) and not subject.order.is_approved:
        raise ValidationError(_("The order is not approved yet: there is nothing to certify."))


def title_of(kind, subject, content):
    """The heading under which lists show the paper, in Russian."""
    words = kind.public_name[:1].upper() + kind.public_name[1:]
    if kind.key in (THANKS, CERTIFICATE):
        return f"{words}: {subject.person.full_name if subject.person else subject.outside}"
    if kind.key == ADDENDUM:
        return f"{words}: {subject.pair.mentor.full_name}"
    if subject.order is not None:
        order = subject.order
        return f"{words} от {order.approved_on:%d.%m.%Y} № {order.number}"
    if subject.pair is not None:
        return f"{words}: {subject.pair}"
    if subject.person is not None:
        return f"{words}: {subject.person.full_name}"
    return f"{words}: {content['heading']}"


def named_by(kind, subject, values):
    """Everybody whom the paper names: those of its subject, those chosen in the form."""
    people = list(subject.people)
    for field in kind.fields:
        value = values.get(field.name)
        if field.kind == "person" and value:
            people.append(value)
        elif field.kind == "people":
            people += value or []
    if kind.key == ORDER_COPY:
        people += list(Person.objects.filter(papers=subject.order.paper))
    return list({person.pk: person for person in people}.values())


# --- addenda ----------------------------------------------------------------------------------------------------------
def addendum_of(pair):
    """The Letter of the latest addendum that was made for the pair, or None."""
    addenda = Letter.objects.filter(pair=pair, paper__kind=ADDENDUM, paper__ended_on=None)
    return addenda.select_related("paper").order_by("-paper__dated_on", "-pk").first()


def pairs_without_addendum(pairs, *, day=None):
    """Of the pairs those that need an addendum and have none (on the day): an employee helps one (Labour Code 351.8).

    `pairs` as `Pair.objects.for_register()` gives them; one query. «Order before addendum» is a fault by it.
    """
    needing = [pair for pair in pairs if needs_addendum(pair)]
    if not needing:
        return []
    addenda = Letter.objects.filter(pair__in=[pair.pk for pair in needing], paper__kind=ADDENDUM, paper__ended_on=None)
    if day:
        addenda = addenda.filter(paper__dated_on__lte=day)
    has_one = set(addenda.values_list("pair", flat=True))
    return [pair for pair in needing if pair.pk not in has_one]


def needs_addendum(pair):
    """Whether the law wants an addendum: not of pupils, students, people from outside, nor for those led by them."""
    return leads_employees(pair)


def may_have_addendum(program):
    """Pairs of the programme with an employed mentor, not ended, without an addendum yet."""
    made = Letter.objects.filter(paper__kind=ADDENDUM, paper__ended_on=None, pair__program=program).values("pair")
    employed = program.pairs.not_ended().filter(mentor__kind=Person.Kind.TEACHER)
    return employed.exclude(pk__in=Pair.objects.filter(pk__in=made).values("pk")).for_register()
