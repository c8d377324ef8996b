"""The one way in which the status of an object changes: lock, check, write, record.

The graph stands beside the model as data (`{from: {to, …}}`); each app's public functions (`submit_order`,
`accept_report`) give the step its meaning and call `move` inside their transaction.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.models import StatusEvent
from mentorship.origin import current_origin


def lock_for_step(subject, status):
    """The freshly locked object, when the graph lets it go to `status`; call it within a transaction.

    For functions that read much before they move. Raises ValidationError where there is no such step.
    """
    subject = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    if status not in subject.NEXT.get(subject.status, ()):
        raise ValidationError(
            _("The state is “%(state)s”: this step is not possible. Somebody may have made it already."),
            code="wrong_state",
            params={"state": subject.get_status_display()},
        )
    return subject


@transaction.atomic
def move(subject, status, *, by, comment="", **values):
    """Move `subject` to `status`, write `values` with it and record the step.

    `subject.NEXT` is the graph. Returns the freshly locked and saved object; the caller's `subject` is untouched.
    Raises ValidationError where the graph has no such step or a constraint would be broken.
    """
    subject = lock_for_step(subject, status)
    previous = subject.status
    subject.status = status
    for name, value in values.items():
        setattr(subject, name, value)
    subject.full_clean()
    subject.save(update_fields=["status", *values])
    record(subject, previous=previous, by=by, comment=comment)
    return subject


def record(subject, *, by, previous="", comment=""):
    """Write a step into the history of `subject`, whose status is the new one already."""
    origin = current_origin()
    return StatusEvent.objects.create(
        subject=subject,
        status=subject.status,
        previous=previous,
        actor=by,
        comment=comment,
        address=origin.address,
        means=origin.means,
    )
