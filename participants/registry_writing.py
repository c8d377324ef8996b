"""Writing an import whose check page was confirmed: matched once more, compared with the promise, stored at once."""

from collections import Counter

from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.jobs import Outcome
from participants.models import Organization, RegistryImport
from participants.registries import ENTRY_MODELS
from participants.registry_check import match_again, promise
from participants.registry_import import begin_job, give_back, is_done_at_once, step_with_reading
from participants.registry_matching import FATES, REFUSED, RETURNED, UNCHANGED, Plan
from participants.registry_storing import store

Status = RegistryImport.Status
WRITE_JOB = "participants.write_registry"
NAMED = 10  # so many of the rows that were left out are named in the result


class PlanChangedError(Exception):
    """What the check page promised is not what would happen now; `plan` is."""

    def __init__(self, plan):
        self.plan = plan


def begin_writing(registry_import: RegistryImport, *, scope: str, by) -> RegistryImport:
    """Confirm what the check page shows: write it at once where the file is small, by a job where not.

    Raises ValidationError where it was confirmed already, where all rows are wanted and some are refused, and, for a
    small file, where the registry has changed since the check: then the check page shows the new fates.
    """
    _check_scope(registry_import, scope)
    try:
        with transaction.atomic():
            with step_with_reading(registry_import, Status.WRITING, by=by) as values:
                values["scope"] = scope
            if is_done_at_once(len(registry_import.report["rows"])):
                plan, seen = _promised_plan(registry_import), _state_of(registry_import)
                _write_plan(registry_import, plan, seen, _left_out(registry_import))
            else:
                begin_job(registry_import, WRITE_JOB, _("Writing the registry “%(file)s”"), by)
    except PlanChangedError as changed:
        raise ValidationError(_ask_again(registry_import, changed.plan), code="changed") from changed
    return registry_import


def _check_scope(registry_import, scope):
    if scope != RegistryImport.Scope.ALL_OR_NOTHING:
        return
    count = sum(each["fate"] in RETURNED for each in registry_import.report["plan"])
    if count:
        message = ngettext(
            "%(count)s row is refused or unclear, and all rows or none were to be written. Nothing was written.",
            "%(count)s rows are refused or unclear, and all rows or none were to be written. Nothing was written.",
            count,
        )
        raise ValidationError(message, code="not_all", params={"count": count})


def write_import(progress, import_id: int) -> Outcome:
    """Write a confirmed import: match once more, compare with what was promised, write in one transaction.

    Safe to run twice, since the status is written with the rows. Where the registry has changed since the check, the
    check page shows the new fates and nothing is written.
    """
    writing = RegistryImport.objects.select_related("organization", "created_by").get(pk=import_id)
    address = writing.get_absolute_url()
    if writing.status != Status.WRITING:
        return Outcome(result_of(writing), address)
    progress.phase(_("Comparing with the people of the portal"), len(writing.report["rows"]))
    seen = _state_of(writing)
    try:
        plan = _promised_plan(writing, progress)
        count = plan.created + plan.updated
        progress.phase(ngettext("Writing %(count)s row", "Writing %(count)s rows", count) % {"count": count})
        left_out = _left_out(writing)
        writing.report = None  # the plan has what is to be written: the reading of a large file is as large once more
        written = _write_plan(writing, plan, seen, left_out)
    except PlanChangedError as changed:
        writing.refresh_from_db(fields=["report"])
        give_up_writing(writing.pk)
        return Outcome(_ask_again(writing, changed.plan), address)
    return Outcome(result_of(written), address)


def give_up_writing(import_id: int) -> None:
    """The check page can be confirmed once more."""
    give_back(import_id, Status.WRITING, Status.CHECKED)


def _left_out(writing):
    """(how many rows were refused, the rows that stay out as [row, name])."""
    refused = Counter(each["fate"] for each in writing.report["plan"] if each["fate"] == REFUSED)
    left = [[each["row"], each["name"]] for each in writing.report["plan"] if each["fate"] in RETURNED]
    return refused, left[:NAMED]


def _write_plan(writing, plan, seen, left_out):
    refused, left = left_out
    by = _confirmed_by(writing)
    with step_with_reading(writing, Status.CONFIRMED, by=by) as values:
        # Imports of one organization follow each other: two at once would each add the same new people.
        Organization.objects.select_for_update().get(pk=writing.organization_id)
        if _state_of(writing) != seen:
            writing.refresh_from_db(fields=["report"])
            plan = _promised_plan(writing)
        values["written"] = {**store(plan, by=by), "counts": dict(plan.counts + refused), "left": left}
    return writing


def _state_of(registry_import):
    """What changes whenever a person or a row of the organization does, told without reading them all."""
    model = ENTRY_MODELS[registry_import.kind]
    last = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    entries = model.objects.of_year(registry_import.organization, registry_import.school_year)
    return last, registry_import.organization.people.count(), entries.count()


def _promised_plan(registry_import, progress=None):
    plan = match_again(registry_import, broken=registry_import.report["broken"], progress=progress)
    if plan.promise != registry_import.report["promised"]:
        raise PlanChangedError(match_again(registry_import))
    return plan


def _ask_again(registry_import, plan):
    """Put the new fates on the check page; returns the sentence that says so."""
    report = {**registry_import.report, **promise(registry_import.report, plan)}
    RegistryImport.objects.filter(pk=registry_import.pk).update(report=report)
    return _("The people or the registry have changed since the file was checked. Look at the rows once more.")


def _confirmed_by(registry_import):
    confirmed = registry_import.events.filter(status=Status.WRITING).select_related("actor").first()
    return confirmed.actor if confirmed else registry_import.created_by


def result_of(registry_import: RegistryImport) -> str:
    """What a confirmed import has done, in words."""
    counts = registry_import.written.get("counts", {})
    done = _counts_in_words({fate: counts.get(fate, 0) for fate in FATES})
    left = registry_import.written.get("left", [])
    if not left:
        return done
    rows = ", ".join(
        (_("row %(row)s (%(name)s)") if name else _("row %(row)s")) % {"row": row, "name": name} for row, name in left
    )
    is_cut = sum(counts.get(fate, 0) for fate in RETURNED) > len(left)
    return f"{done} " + _("Left out: %(rows)s.") % {"rows": f"{rows} …" if is_cut else rows}


def result_in_words(plan: Plan) -> str:
    """«Добавлено: 12. Обновлено: 3. …», one sentence a kind of fate that occurred."""
    return _counts_in_words(plan.counts)


def _counts_in_words(counts) -> str:
    added, updated = counts["new"] + counts["joins"], counts["updates"]
    same, left = counts[UNCHANGED], sum(counts[fate] for fate in RETURNED)
    sentences = [
        ngettext("%(count)s person was added to the registry.", "%(count)s people were added to the registry.", added)
        % {"count": added},
        updated
        and ngettext("%(count)s row was updated.", "%(count)s rows were updated.", updated) % {"count": updated},
        same
        and ngettext("%(count)s row was there already.", "%(count)s rows were there already.", same) % {"count": same},
        left and ngettext("%(count)s row was left out.", "%(count)s rows were left out.", left) % {"count": left},
    ]
    return " ".join(sentence for sentence in sentences if sentence)
