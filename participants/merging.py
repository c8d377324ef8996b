"""Two files of one person become one: everything that stood in the second moves to the first.

The rows of all floors are found by their keys to Person; where the first file has such a row already, the floor that
knows what the two mean has registered how they become one (`register_clash`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.accounts import may_give_role
from participants.consent_standing import decisive
from participants.models import (
    Consent,
    ConsentKind,
    LongTermMentor,
    MenteeEntry,
    MentorEntry,
    NameChange,
    Person,
    PersonMerge,
)
from participants.values_in_words import in_words

FIELDS = (
    "last_name", "first_name", "patronymic", "gender", "birth_year", "kind", "position", "workplace", "email", "phone",
    "contact_note", "works_since", "works_here_since", "education", "qualification", "subject",
    "representative_name", "representative_email", "representative_phone",
)  # fmt: skip
NAMES = ("last_name", "first_name", "patronymic")
# What the kept row says of itself: the other row neither sets nor clears it.
OWN_TO_A_ROW = ("is_completed", "completed_on")
Resolve = Callable[[Any, Person], None]
_clashes: dict[type[models.Model], Resolve] = {}
_hindrances: list[Callable[[Person, Person], list[str]]] = []
_lines: list[Callable[[Person, Person], list["JoinedLine"]]] = []
_followers: list[Callable[[Person, int], None]] = []


@dataclass(frozen=True)
class FieldChoice:
    """One field of the two files: what each says, and which of them is proposed ("kept" or "dropped")."""

    name: str
    label: str
    kept: str
    dropped: str
    proposed: str

    @property
    def differs(self):
        return bool(self.kept and self.dropped and self.kept != self.dropped)


@dataclass(frozen=True)
class AccountOfFile:
    """The account behind one of two files: its address, its roles of today in words, how many it has elsewhere."""

    email: str
    roles: list[str]
    roles_elsewhere: int


@dataclass(frozen=True)
class JoinedLine:
    """Something that both files have and only one can stay: where, what, what each says, what becomes of it."""

    where: str
    what: str
    kept: str
    dropped: str
    outcome: str


@dataclass(frozen=True)
class MergePreview:
    """What joining two files would do."""

    fields: list[FieldChoice]
    accounts: tuple[AccountOfFile | None, AccountOfFile | None]  # of the file that stays, of the one that goes
    lines: list[JoinedLine]
    moves: list[tuple[str, int]]  # (kind of records, how many move)
    hindrances: list[str]


def register_clash(model: type[models.Model], resolve: Resolve) -> None:
    """`resolve(row, kept)` makes one of a row of the dropped file and what the kept file has in its place."""
    _clashes[model] = resolve


def register_merge_hindrance(find: Callable[[Person, Person], list[str]]) -> None:
    """`find(kept, dropped)` gives sentences that say why the two cannot be one person."""
    _hindrances.append(find)


def register_merge_lines(find: Callable[[Person, Person], list["JoinedLine"]]) -> None:
    """`find(kept, dropped)` gives the lines of the preview for lists of a floor in which both files stand."""
    _lines.append(find)


def register_merge_follower(follow: Callable[[Person, int], None]) -> None:
    """`follow(kept, former_key)` is called at the end, for keys of people that stand in no field of a relation."""
    _followers.append(follow)


def preview_merge(kept: Person, dropped: Person, *, by) -> MergePreview:
    """What `merge_people` would do in the name of the user `by`; nothing is written."""
    return MergePreview(
        fields=[choice for name in FIELDS if (choice := _choice(name, kept, dropped)).kept or choice.dropped],
        accounts=(_account_of(kept), _account_of(dropped)),
        lines=[*_lines_of_rows(kept, dropped), *(line for find in _lines for line in find(kept, dropped))],
        moves=[(label, count) for label, count in _moves(dropped) if count],
        hindrances=_hindrances_of(kept, dropped, by),
    )


@transaction.atomic
def merge_people(kept: Person, dropped: Person, *, by, from_dropped=()) -> Person:
    """Make one file of two: rows of every floor move to `kept`, `dropped` goes; its key leads to `kept` from then on.

    `from_dropped` names the fields in which the dropped file is right; empty fields are filled from it anyway.
    Approved papers stay as they are. Raises ValidationError where the two cannot be one person, or an account would
    change hands that `by` has no power over.
    """
    locked = {
        person.pk: person
        for person in Person.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, dropped.pk]).order_by("pk")
    }
    kept, dropped = locked[kept.pk], locked[dropped.pk]
    if hindrances := _hindrances_of(kept, dropped, by):
        raise ValidationError(hindrances)
    former_key, former_name = dropped.pk, dropped.full_name
    forms = _forms_of_chosen(kept, dropped, from_dropped)
    for name in FIELDS:
        if getattr(dropped, name) not in ("", None) and (name in from_dropped or getattr(kept, name) in ("", None)):
            setattr(kept, name, getattr(dropped, name))
    _join_accounts(kept, dropped)
    for relation in _relations():
        _move_rows(relation, kept, dropped)
    for name in (dropped.former_names, former_name):
        kept.remember_name(name)
    dropped.delete()
    _end_doubled_consents(kept)
    for name, value in forms.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    PersonMerge.objects.create(person=kept, former_key=former_key, former_name=former_name, merged_by=by)
    for follow in _followers:
        follow(kept, former_key)
    return kept


def _forms_of_chosen(kept, dropped, from_dropped):
    """The cases of the name and of the position: of the file whose words were chosen, none where they were mixed."""
    forms = {}
    for forms_name, names in (("name_forms", NAMES), ("position_forms", ("position",))):
        chosen = [
            getattr(
                dropped if getattr(dropped, name) and (name in from_dropped or not getattr(kept, name)) else kept, name
            )
            for name in names
        ]
        forms[forms_name] = {}
        for person in (dropped, kept):
            if chosen == [getattr(person, name) for name in names] and getattr(person, forms_name):
                forms[forms_name] = getattr(person, forms_name)
    return forms


# --- what stands where ------------------------------------------------------------------------------------------------
def _choice(name, kept, dropped):
    words = [_words(person, name) for person in (kept, dropped)]
    proposed = "dropped" if not words[0] and words[1] else "kept"
    return FieldChoice(name, str(Person._meta.get_field(name).verbose_name), *words, proposed)


def _words(person, name):
    display = getattr(person, f"get_{name}_display", None)
    return str(display()) if display else in_words(getattr(person, name))


def _relations():
    """The relations of other models to Person, many-to-many ones by the rows between."""
    for relation in Person._meta.related_objects:
        if relation.many_to_many:
            through = relation.through
            field = next(each for each in through._meta.fields if each.related_model is Person)
            yield through, field
        else:
            yield relation.related_model, relation.field


def _moves(dropped):
    return [
        (_kind_of(model), model._base_manager.filter(**{field.name: dropped}).count()) for model, field in _relations()
    ]


def _kind_of(model):
    """How records of a model are called; a row between two is called as the one that has the list of people."""
    return str((model._meta.auto_created or model)._meta.verbose_name_plural)


def _hindrances_of(kept, dropped, by):
    if kept.pk == dropped.pk:
        return [_("This is one and the same file.")]
    if kept.organization_id != dropped.organization_id:
        return [_("The files belong to different organizations: each keeps its own.")]
    text = _("%(person)s was depersonalized: the file is closed.")
    closed = [text % {"person": person} for person in (kept, dropped) if person.depersonalized_on]
    accounts = [sentence for person in (kept, dropped) if (sentence := _hindrance_of_account(person, by))]
    return closed + accounts + [sentence for find in _hindrances for sentence in find(kept, dropped)]


def _account_of(person):
    if person.user is None:
        return None
    roles = person.user.memberships.not_over().order_by("role", "pk")
    own = [member.get_role_display() for member in roles.filter(organization=person.organization_id)]
    return AccountOfFile(person.user.email, own, roles.exclude(organization=person.organization_id).count())


def _hindrance_of_account(person, by):
    """Why the account of a file may not change hands: with it would go roles that `by` could not give, or his own."""
    user = person.user
    if user is None:
        return None
    words = {"email": user.email}
    if user == by:
        return _("%(email)s is your own account: let another curator join these files.") % words
    if user.is_superuser:
        return _("%(email)s is the account of an administrator of the portal.") % words
    if any(not may_give_role(by, member.role, member.organization_id) for member in user.memberships.not_over()):
        return _("%(email)s has a role that you cannot give: end it first, or ask who gave it.") % words
    return None


def _move_rows(relation, kept, dropped):
    model, field = relation
    for row in model._base_manager.filter(**{field.name: dropped}):
        try:
            with transaction.atomic():
                setattr(row, field.name, kept)
                row.save(update_fields=[field.name])
        except IntegrityError:
            setattr(row, field.name, dropped)
            _resolve(model, row, kept)


def _resolve(model, row, kept):
    if model._meta.auto_created:  # a row between: the kept person is there already
        row.delete()
        return
    resolve = _clashes.get(model)
    if resolve is None:
        raise ValidationError(
            _("Both files have “%(record)s” (%(kind)s), and only one can stay: remove one of the two first.")
            % {"record": row, "kind": model._meta.verbose_name}
        )
    resolve(row, kept)


def _join_accounts(kept, dropped):
    """One account stays. Where there are two, the roles of the second go to the first, and it signs nobody in any more."""
    user, dropped.user = dropped.user, None
    dropped.save(update_fields=["user"])
    if user is None:
        return
    if kept.user is None:
        kept.user = user
        return
    for member in user.memberships.filter(organization=kept.organization_id):
        has_it = kept.user.memberships.filter(organization=member.organization_id, role=member.role, ends_on=None)
        if member.ends_on is None and has_it.exists():
            member.delete()
        else:
            member.user = kept.user
            member.save(update_fields=["user"])
    if not (user.is_superuser or user.people.exists() or user.memberships.exists()):
        user.is_active = False
        user.save(update_fields=["is_active"])


# --- how this floor's rows become one ---------------------------------------------------------------------------------
def _joined_entry(row, kept_row) -> tuple[dict[str, Any], list[JoinedLine]]:
    """The values that the kept row of a year gets, and where both rows have something to say, what becomes of it.

    Words of both stand one below the other. Dates, links and marks are those of the kept row; a mark that it has not
    (completed) is not set by the other row, and a row is archived where both are.
    """
    values: dict[str, Any] = {}
    lines = []
    for field in row._meta.fields:
        if field.primary_key or field.is_relation or field.name == "school_year":
            continue
        old, new = getattr(kept_row, field.name), getattr(row, field.name)
        if old == new or (new in ("", None, False) and field.name != "is_archived"):
            continue
        if field.name in OWN_TO_A_ROW:
            outcome = _("the row that stays is right")
        elif isinstance(field, models.BooleanField):
            values[field.name], outcome = False, _("the row is in the list")
        elif old in ("", None):
            values[field.name] = new
            continue
        elif isinstance(field, models.TextField):
            values[field.name], outcome = _one_below_the_other(old, new), _("both, one below the other")
        else:
            outcome = _("the row that stays is right")
        lines.append(JoinedLine(str(kept_row), str(field.verbose_name), in_words(old), in_words(new), outcome))
    return values, lines


def _one_below_the_other(old, new):
    if new.strip() in old:
        return old
    return new if old.strip() in new else f"{old}\n{new}"


def _join_entries(row, kept):
    kept_row = type(row).objects.get(person=kept, school_year=row.school_year)
    _take_over(row, kept_row, _joined_entry(row, kept_row)[0])


def _joined_long_term(row, kept_row) -> tuple[dict[str, Any], list[JoinedLine]]:
    """Who is listed by one of the files is listed, since the earlier day; remarks of both stay."""
    values: dict[str, Any] = {}
    listed = LongTermMentor.Status.LISTED
    if row.status == kept_row.status:
        values["listed_on"] = min(row.listed_on, kept_row.listed_on)
    elif row.status == listed:
        values |= {"status": listed, "listed_on": row.listed_on, "left_on": row.left_on}
    if row.note:
        longest = LongTermMentor._meta.get_field("note").max_length
        values["note"] = _one_below_the_other(kept_row.note, row.note)[:longest] if kept_row.note else row.note
    states = [each.get_status_display() for each in (kept_row, row)]
    outcome = str(listed.label) if listed in (row.status, kept_row.status) else states[0]
    title = str(LongTermMentor._meta.verbose_name_plural)
    return values, [JoinedLine(title, str(LongTermMentor._meta.get_field("status").verbose_name), *states, outcome)]


def _join_long_term(row, kept):
    kept_row = LongTermMentor.objects.get(person=kept)
    _take_over(row, kept_row, _joined_long_term(row, kept_row)[0])


def _take_over(row, kept_row, values):
    row.delete()
    for name, value in values.items():
        setattr(kept_row, name, value)
    if values:
        kept_row.save(update_fields=list(values))


def _keep_first(row, kept):
    """The kept file has such a row already; the other says nothing more."""
    row.delete()


def _lines_of_rows(kept, dropped) -> list[JoinedLine]:
    """What becomes of rows that both files have: of a year's registry, of the long-term one, consents in force."""
    lines = []
    for model in (MentorEntry, MenteeEntry):
        own = {row.school_year: row for row in model.objects.filter(person=kept).select_related("person")}
        for row in model.objects.filter(person=dropped, school_year__in=own):
            lines += _joined_entry(row, own[row.school_year])[1]
    long_term = LongTermMentor.objects.filter(person__in=[kept, dropped])
    rows = {row.person_id: row for row in long_term}
    if len(rows) == 2:
        lines += _joined_long_term(rows[dropped.pk], rows[kept.pk])[1]
    elif dropped.pk in rows:
        state = rows[dropped.pk].get_status_display()
        title = str(LongTermMentor._meta.verbose_name_plural)
        label = str(LongTermMentor._meta.get_field("status").verbose_name)
        lines.append(JoinedLine(title, label, "", state, state))
    return lines + _lines_of_consents(kept, dropped)


def _lines_of_consents(kept, dropped):
    day = timezone.localdate()
    lines = []
    for kind, consents in _in_force_by_kind(Consent.objects.filter(person__in=[kept, dropped]), day).items():
        days = [
            ", ".join(
                date_format(each.given_on, "SHORT_DATE_FORMAT") for each in consents if each.person_id == person.pk
            )
            for person in (kept, dropped)
        ]
        if all(days):
            stays = date_format(decisive(consents, day).given_on, "SHORT_DATE_FORMAT")
            outcome = _("in force is that of %(day)s, the other ends") % {"day": stays}
            lines.append(JoinedLine(str(Consent._meta.verbose_name_plural), ConsentKind(kind).label, *days, outcome))
    return lines


def _in_force_by_kind(consents, day):
    by_kind: dict[str, list[Consent]] = {}
    for consent in consents.in_force(day).order_by("pk"):
        by_kind.setdefault(consent.kind, []).append(consent)
    return by_kind


def _end_doubled_consents(person):
    """Of several consents of one kind one is in force, the others stay as history."""
    day = timezone.localdate()
    for consents in _in_force_by_kind(person.consents.all(), day).values():
        stays = decisive(consents, day)
        for consent in consents:
            if consent != stays:
                consent.valid_until = max(consent.given_on, day - timedelta(days=1))
                consent.save(update_fields=["valid_until"])


def register_own_clashes():
    """Called once, when the app starts."""
    register_clash(MentorEntry, _join_entries)
    register_clash(MenteeEntry, _join_entries)
    register_clash(LongTermMentor, _join_long_term)
    register_clash(NameChange, _keep_first)
    register_clash(Consent, _keep_first)  # of two open requests for one consent
