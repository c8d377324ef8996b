"""The regulation of an organization: editions drafted, edited by sections, put in force by an order, compared."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from documents.models import OrderAnnex, RegulationEdition, RegulationSection
from documents.paper_texts import points
from documents.regulation_texts import GROUNDS, filled, numbered_by, ready_grounds, ready_sections, rules_in_words
from documents.wording import organization_in
from mentorship.permissions import require
from mentorship.transitions import move, record
from participants.models import Organization

TITLE = "Положение о системе наставничества"
RULES = (
    "mentees_per_mentor",
    "mentor_service_years",
    "term_months",
    "program_least_months",
    "replacement_grounds",
)
MOST_SECTIONS = 30


# --- what it prints ---------------------------------------------------------------------------------------------------
def regulation_content(edition):
    """Everything that the edition prints but the mark of its approval, as JSON data; a frozen one as it was."""
    if edition.snapshot:
        return edition.snapshot
    organization, values, grounds = edition.organization, _values_of(edition), _grounds_of(edition)
    return {
        "title": edition.title,
        "of": values["организации"],
        "place": organization.place,
        "council_minutes": edition.council_minutes,
        "agreed_with": edition.agreed_with,
        "sections": [
            {
                "title": f"{section.place}. {section.title}",
                "points": points(numbered_by(filled(section.text, values, grounds), section.place)),
            }
            for section in edition.sections.order_by("place")
        ],
    }


def words_of_rules(edition):
    """{placeholder: what the text gets in its place}, for who edits a section."""
    return {**_values_of(edition), GROUNDS.strip("{}"): "; ".join(_grounds_of(edition))}


def _values_of(edition):
    return {
        "организация": edition.organization.full_name,
        "организации": organization_in(edition.organization, "genitive"),
        **rules_in_words(
            mentees=edition.mentees_per_mentor,
            service_years=edition.mentor_service_years,
            term_months=edition.term_months,
            program_months=edition.program_least_months,
        ),
    }


def _grounds_of(edition):
    return [line.strip() for line in edition.replacement_grounds.splitlines() if line.strip()]


def paragraphs_of(edition):
    """The edition as lines to compare."""
    content = regulation_content(edition)
    lines = [content["title"]]
    for section in content["sections"]:
        lines.append(section["title"])
        lines += [f"{point['number']} {point['text']}".strip() for point in section["points"]]
    return lines


# --- drafting ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def draft_edition(organization, *, by):
    """A new edition: from the last one, else from the portal's ready text. Raises ValidationError if one is drafted."""
    require(by, "documents.manage_regulations", organization)
    Organization.objects.select_for_update().get(pk=organization.pk)
    editions = RegulationEdition.objects.filter(organization=organization)
    if editions.filter(status=RegulationEdition.Status.DRAFT).exists():
        raise ValidationError(_("A new edition is being drafted already."))
    last = editions.order_by("-number").first()
    edition = RegulationEdition(
        organization=organization,
        number=(editions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=last.title if last else TITLE,
        replacement_grounds=ready_grounds(),
        created_by=by,
    )
    if last:
        for name in RULES:
            setattr(edition, name, getattr(last, name))
    edition.full_clean()
    edition.save()
    texts = [(each.title, each.text) for each in last.sections.order_by("place")] if last else ready_sections()
    RegulationSection.objects.bulk_create(
        RegulationSection(edition=edition, place=place, title=title, text=text)
        for place, (title, text) in enumerate(texts, 1)
    )
    record(edition, by=by)
    return edition


@transaction.atomic
def change_edition(edition, *, by, **values):
    """Title, rules and marks of a draft. Raises ValidationError by fields. Returns it."""
    edition = _editable(edition, by)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.full_clean()
    edition.save()
    return edition


@transaction.atomic
def save_section(section, *, by):
    """Keep a new or a changed section of a draft; a new one stands last."""
    edition = _editable(section.edition, by)
    if section.pk is None:
        count = edition.sections.count()
        if count >= MOST_SECTIONS:
            raise ValidationError(_("A regulation holds thirty sections at most."))
        section.place = count + 1
    section.full_clean()
    section.save()
    return section


@transaction.atomic
def delete_section(section, *, by):
    """Take a section out; those behind it move up."""
    edition = _editable(section.edition, by)
    section.delete()
    _place(list(edition.sections.order_by("place")))


@transaction.atomic
def raise_section(section, *, by):
    """Put a section before the one above it."""
    edition = _editable(section.edition, by)
    rows = list(edition.sections.order_by("place"))
    here = next(place for place, each in enumerate(rows) if each.pk == section.pk)
    if here:
        rows[here - 1], rows[here] = rows[here], rows[here - 1]
        _place(rows)


@transaction.atomic
def delete_edition(edition, *, by):
    """Delete a draft that no order annexes."""
    edition = _editable(edition, by)
    if annex := OrderAnnex.objects.filter(edition=edition).select_related("order").first():
        raise ValidationError(
            _("An order annexes this edition: %(order)s. Take it out there first."), params={"order": annex.order}
        )
    edition.events.all().delete()
    edition.delete()


def _editable(edition, by):
    require(by, "documents.manage_regulations", edition.organization)
    edition = RegulationEdition.objects.select_for_update().get(pk=edition.pk)
    if not edition.is_draft:
        raise ValidationError(_("This edition cannot be changed any more: draft a new one."), code="wrong_state")
    if annex := OrderAnnex.objects.filter(edition=edition, order__status="submitted").first():
        raise ValidationError(
            _("The edition waits for the head with an order: %(order)s."), params={"order": annex.order}
        )
    return edition


def _place(rows):
    """Number the sections anew; by way of places that are free, for each place is one's own."""
    for shift in (1000, 0):
        for place, section in enumerate(rows, 1):
            section.place = place + shift
            section.save(update_fields=["place"])


# --- in force ---------------------------------------------------------------------------------------------------------
def put_in_force(edition, *, order, since, by):
    """What the approval of the order does: the edition is frozen and in force, the former one is superseded."""
    edition = RegulationEdition.objects.select_for_update().get(pk=edition.pk)
    if edition.status == RegulationEdition.Status.IN_FORCE:
        return edition  # annexed once more, as the orders of each year do
    former = RegulationEdition.objects.filter(
        organization=edition.organization, status=RegulationEdition.Status.IN_FORCE
    )
    for old in former:
        move(old, RegulationEdition.Status.SUPERSEDED, by=by, comment=str(order), superseded_on=since)
    return move(
        edition,
        RegulationEdition.Status.IN_FORCE,
        by=by,
        comment=str(order),
        order=order,
        in_force_from=since,
        snapshot=regulation_content(edition),
    )
