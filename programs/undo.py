"""The way back from the deletion of a meeting: kept in the session for ten minutes."""

from datetime import datetime, timedelta

from django.utils import timezone

KEY = "deleted_meeting"
LASTS = timedelta(minutes=10)


def remember_deleted(request, kept):
    """`kept` is what `delete_meeting` returned."""
    request.session[KEY] = {**kept, "deleted_at": timezone.now().isoformat()}


def deleted_meeting(request, pair):
    """What was deleted from the log of the pair within the last ten minutes, or None."""
    kept = request.session.get(KEY)
    if not kept or kept["pair"] != pair.pk:
        return None
    is_over = timezone.now() - datetime.fromisoformat(kept["deleted_at"]) > LASTS
    return None if is_over else kept


def forget_deleted(request):
    request.session.pop(KEY, None)
