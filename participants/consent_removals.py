"""What must go when a consent is withdrawn: what the floors hold for a purpose, and the tasks that a withdrawal leaves."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.consent_days import check_day, day_in_words
from participants.consent_rules import after_working_days
from participants.models import ConsentKind, Person, RemovalTask
from participants.models.consents import DAYS_TO_DESTROY

DAYS_TO_TAKE_DOWN = 3  # working days


@dataclass(frozen=True)
class Removal:
    """Something that must go, or end, when a consent is withdrawn: a sentence, and the page where it is done."""

    what: str
    url: str = ""
    is_published: bool = False  # 152-ФЗ art. 10.1 part 14: taken down within three working days, not thirty days


_removals: dict[str, list[Callable[[Person], Iterable[Removal]]]] = defaultdict(list)


def register_removal(kind: str, find: Callable[[Person], Iterable[Removal]]) -> None:
    """`find(person)` returns the Removals of a floor for the purpose of a consent; each floor registers at start."""
    if find not in _removals[kind]:
        _removals[kind].append(find)


def removals_for(person, kind):
    """What there is of the person for the purpose; who withdraws the processing withdraws it from all purposes."""
    kinds = ConsentKind.values if kind == ConsentKind.PROCESSING else [kind]
    found = [removal for each in kinds for find in _removals[each] for removal in find(person)]
    return list(dict.fromkeys(found))


def leave_tasks(consent, person, withdrawn_on):
    """Make the RemovalTasks of a withdrawal: all that the floors hold for the purpose and no task names yet. Returns them.

    Due thirty days after (152-ФЗ art. 21 part 5), what is published three working days (art. 10.1 part 14).
    """
    known = set(RemovalTask.objects.open().filter(consent__person=person).values_list("what", "url"))
    tasks = [
        RemovalTask(consent=consent, what=removal.what[:300], url=removal.url, due_on=_due_on(removal, withdrawn_on))
        for removal in removals_for(person, consent.kind)
        if (removal.what[:300], removal.url) not in known
    ]
    for task in tasks:
        task.save()
    return tasks


def _due_on(removal, withdrawn_on):
    if removal.is_published:
        return after_working_days(withdrawn_on, DAYS_TO_TAKE_DOWN)
    return withdrawn_on + timedelta(days=DAYS_TO_DESTROY)


@transaction.atomic
def finish_task(task, *, by, done_on, note=""):
    """Mark what was taken down or destroyed, with the day and a remark. Returns the RemovalTask.

    Raises ValidationError for a task that is done already, a day in the future or before the withdrawal.
    """
    task = RemovalTask.objects.select_for_update(of=("self",)).select_related("consent").get(pk=task.pk)
    if task.done_on:
        raise ValidationError(_("This is done already: %(day)s."), params={"day": day_in_words(task.done_on)})
    check_day(done_on)
    if done_on < task.consent.withdrawn_on:
        raise ValidationError(_("The day is before the withdrawal."))
    task.done_on, task.done_by, task.note = done_on, by, note
    task.full_clean()
    task.save(update_fields=["done_on", "done_by", "note"])
    return task
