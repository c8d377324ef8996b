"""Taking an import back as one step, while nothing else has touched what it wrote."""

from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.jobs import Outcome, start_job
from mentorship.transitions import move
from participants.models import Organization, Person, RegistryImport, User
from participants.registries import ENTRY_MODELS, pair_cells
from participants.registry_import import is_done_at_once
from participants.registry_storing import BATCH, digest, log, overwrite

NAMED = 5
UNDO_JOB = "participants.undo_registry"


def begin_undo(registry_import: RegistryImport, *, by) -> RegistryImport:
    """Undo at once what is small, by a job what is not; the import's `job` is that job then.

    Raises ValidationError as `undo_import` does.
    """
    if is_done_at_once(len(registry_import.report.get("rows", ()))):
        undo_import(registry_import, by=by)
    else:
        with transaction.atomic():
            registry_import.job = start_job(
                UNDO_JOB,
                title=_("Undoing the import “%(file)s”") % {"file": registry_import.file_name},
                organization=registry_import.organization,
                by=by,
                arguments={"import_id": registry_import.pk, "user_id": by.pk},
                url=registry_import.get_absolute_url(),
            )
            registry_import.save(update_fields=["job"])
    registry_import.refresh_from_db()
    return registry_import


def undo_in_job(progress, import_id: int, user_id: int) -> Outcome:
    """`undo_import` by the worker; an import that is undone already is left alone."""
    confirmed = RegistryImport.objects.get(pk=import_id)
    progress.phase(_("Looking whether anything was done with the rows since"))
    if confirmed.status != RegistryImport.Status.UNDONE:
        undo_import(confirmed, by=User.objects.get(pk=user_id))
    return Outcome(_("The import was undone: the registry is as it was before."), confirmed.get_absolute_url())


@transaction.atomic
def undo_import(registry_import: RegistryImport, *, by) -> int:
    """Remove the people and rows that the import created and give back the values that it replaced, all or nothing.

    Returns how many rows of the registry were concerned. Raises ValidationError where the import was undone already,
    and where a person or a row has been changed since, or has got a pair, a consent or anything else: it names them.
    """
    undone = move(registry_import, RegistryImport.Status.UNDONE, by=by)
    if "entries" not in undone.written:
        raise ValidationError(_("An import can be undone for a month: what it wrote is not remembered any more."))
    Organization.objects.select_for_update().get(pk=undone.organization_id)
    model = ENTRY_MODELS[undone.kind]
    entries = _Written(model, undone.written["entries"])
    people = _Written(Person, undone.written["people"])
    touched = {*entries.touched_people(), *people.touched_people()}
    touched |= _in_pairs(undone.kind, entries.created)
    touched |= _referred_to(Person, people.created, but={model: entries.created_keys})
    touched |= _referred_to(model, entries.created, but={})
    if touched:
        raise ValidationError(_refusal(touched), code="touched")
    for written in (entries, people):
        written.take_back(by)
    RegistryImport.objects.filter(pk=undone.pk).update(written={"counts": undone.written["counts"]})
    return len(entries.created) + len(entries.changed)


class _Written:
    """What the import wrote into one table, and the rows as they are now."""

    def __init__(self, model, written):
        self.model = model
        self._before = {key: before for key, _digest, before in written["changed"]}
        digests = dict(written["created"]) | {key: word for key, word, _before in written["changed"]}
        now = _load(model, list(digests))
        self.created_keys = {key for key, _digest in written["created"]}
        self.created = [now[key] for key in self.created_keys if key in now]
        self.changed = [now[key] for key in self._before if key in now]
        self._gone = len(digests) - len(now)
        self._touched = [each for key, each in now.items() if digest(each) != digests[key]]

    def touched_people(self):
        names = {str(each if self.model is Person else each.person) for each in self._touched}
        return names | ({_("somebody who was removed since")} if self._gone else set())

    def take_back(self, by):
        log(self.created, LogEntry.Action.DELETE, [{} for _each in self.created], by)
        with disable_auditlog():
            for start in range(0, len(self.created), BATCH):
                keys = [each.pk for each in self.created[start : start + BATCH]]
                self.model.objects.filter(pk__in=keys).delete()
        changes = []
        for each in self.changed:
            before = self._before[each.pk]
            fields = {name: self.model._meta.get_field(name) for name in before}
            values = {name: fields[name].to_python(value) for name, value in before.items()}
            changes.append({name: [str(getattr(each, name)), str(value)] for name, value in values.items()})
            for name, value in values.items():
                setattr(each, name, value)
            if self.model is Person:
                each.fold()
        overwrite(self.model, self.changed, {name for before in self._before.values() for name in before})
        log(self.changed, LogEntry.Action.UPDATE, changes, by)


def _load(model, keys):
    """{key: row} of the rows that are still there."""
    rows = model.objects.all() if model is Person else model.objects.select_related("person__organization")
    found = {}
    for start in range(0, len(keys), BATCH):
        found.update(rows.in_bulk(keys[start : start + BATCH]))
    return found


def _in_pairs(kind, entries):
    with_pairs = pair_cells(kind, entries)
    return {str(entry.person) for entry in entries if with_pairs.get(entry.pk)}


def _referred_to(model, instances, *, but):
    """The people to whose rows anything refers, apart from the rows `but` = {model: keys} that the import wrote."""
    names = {each.pk: str(each if model is Person else each.person) for each in instances}
    touched = set()
    for relation in model._meta.related_objects:
        field = relation.field
        others = relation.related_model._base_manager.exclude(pk=None)
        for start in range(0, len(instances), BATCH):
            keys = [each.pk for each in instances[start : start + BATCH]]
            pairs = others.filter(**{f"{field.name}__in": keys}).values_list("pk", field.name)
            own = but.get(relation.related_model, ())
            touched |= {names[key] for other, key in pairs if other not in own and key in names}
    return touched


def _refusal(touched):
    named = ", ".join(sorted(touched)[:NAMED])
    more = len(touched) - NAMED
    if more > 0:
        named = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % {
            "names": named,
            "count": more,
        }
    message = _("The import cannot be undone as a whole any more: since then something was done with %(names)s.")
    return message % {"names": named}
