"""Two files of one person become one: everything that stood in the second moves to the first.

The rows of all floors are found by their keys to Person; where the first file has such a row already, the floor that
knows what the two mean has registered how they become one (`register_clash`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from participants.holdings import in_words
from participants.models import (
    Consent,
    LongTermMentor,
    Membership,
    MenteeEntry,
    MentorEntry,
    NameChange,
    Person,
    PersonMerge,
)

FIELDS = (
    "last_name", "first_name", "patronymic", "gender", "birth_year", "kind", "position", "workplace", "email", "phone",
    "contact_note", "works_since", "works_here_since", "education", "qualification", "subject",
    "representative_name", "representative_email", "representative_phone",
)  # fmt: skip
Resolve = Callable[[Any, Person], None]
_clashes: dict[type[models.Model], Resolve] = {}
_hindrances: list[Callable[[Person, Person], list[str]]] = []


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
class MergePreview:
    """What joining two files would do."""

    fields: list[FieldChoice]
    moves: list[tuple[str, int]]  # (kind of records, how many move)
    hindrances: list[str]


def register_clash(model: type[models.Model], resolve: Resolve) -> None:
    """`resolve(row, kept)` makes one of a row of the dropped file and what the kept file has in its place."""
    _clashes[model] = resolve


def register_merge_hindrance(find: Callable[[Person, Person], list[str]]) -> None:
    """`find(kept, dropped)` gives sentences that say why the two cannot be one person."""
    _hindrances.append(find)


def preview_merge(kept: Person, dropped: Person) -> MergePreview:
    """What `merge_people` would do; nothing is written."""
    return MergePreview(
        fields=[choice for name in FIELDS if (choice := _choice(name, kept, dropped)).kept or choice.dropped],
        moves=[(label, count) for label, count in _moves(dropped) if count],
        hindrances=_hindrances_of(kept, dropped),
    )


@transaction.atomic
def merge_people(kept: Person, dropped: Person, *, by, from_dropped=()) -> Person:
    """Make one file of two: rows of every floor move to `kept`, `dropped` goes; its key leads to `kept` from then on.

    `from_dropped` names the fields in which the dropped file is right; empty fields are filled from it anyway.
    Approved papers stay as they are. Raises ValidationError where the two cannot be one person.
    """
    locked = {
        person.pk: person
        for person in Person.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, dropped.pk]).order_by("pk")
    }
    kept, dropped = locked[kept.pk], locked[dropped.pk]
    if hindrances := _hindrances_of(kept, dropped):
        raise ValidationError(hindrances)
    former_key, former_name = dropped.pk, dropped.full_name
    for name in FIELDS:
        if getattr(dropped, name) not in ("", None) and (name in from_dropped or getattr(kept, name) in ("", None)):
            setattr(kept, name, getattr(dropped, name))
    _join_accounts(kept, dropped)
    for relation in _relations():
        _move_rows(relation, kept, dropped)
    dropped.delete()
    kept.full_clean()
    kept.save()
    PersonMerge.objects.create(person=kept, former_key=former_key, former_name=former_name, merged_by=by)
    return kept


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
        (str(model._meta.verbose_name_plural), model._base_manager.filter(**{field.name: dropped}).count())
        for model, field in _relations()
    ]


def _hindrances_of(kept, dropped):
    if kept.pk == dropped.pk:
        return [_("This is one and the same file.")]
    if kept.organization_id != dropped.organization_id:
        return [_("The files belong to different organizations: each keeps its own.")]
    return [sentence for find in _hindrances for sentence in find(kept, dropped)]


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
            Membership.objects.filter(pk=member.pk).update(user=kept.user)
    if not user.people.exists() and not user.memberships.exists():
        user.is_active = False
        user.save(update_fields=["is_active"])


# --- how this floor's rows become one ---------------------------------------------------------------------------------
def fill_empty(row, kept_row, leave_out=()):
    """Fill the empty fields of the kept row from the other, which then goes."""
    for field in row._meta.fields:
        if field.primary_key or field.is_relation or field.name in leave_out:
            continue
        if getattr(kept_row, field.name) in ("", None, False, {}) and getattr(row, field.name) not in ("", None, False):
            setattr(kept_row, field.name, getattr(row, field.name))
    row.delete()
    kept_row.save()


def _join_entries(row, kept):
    fill_empty(row, type(row).objects.get(person=kept, school_year=row.school_year))


def _keep_first(row, kept):
    """The kept file has such a row already; the other says nothing more."""
    row.delete()


def register_own_clashes():
    """Called once, when the app starts."""
    register_clash(MentorEntry, _join_entries)
    register_clash(MenteeEntry, _join_entries)
    register_clash(LongTermMentor, _keep_first)
    register_clash(NameChange, _keep_first)
    register_clash(Consent, _keep_first)  # of two open requests for one consent
