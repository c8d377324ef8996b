"""The approval of a roadmap by an order of the head: who, when, under which number; the printed grif names them.

What was approved is kept as the baseline, against which later shifts are shown.
"""

from roadmap.baselines import approve_baseline
from roadmap.models import Roadmap


def approve_roadmap(roadmap, *, position, name, on, number, by=None):
    """Write the approval into the roadmap; call it in the transaction that approves the order."""
    roadmap = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    roadmap.approver_position, roadmap.approver_name = position, name
    roadmap.approved_on = roadmap.order_on = on
    roadmap.order_number = number
    roadmap.save(update_fields=["approver_position", "approver_name", "approved_on", "order_number", "order_on"])
    approve_baseline(roadmap, on=on, by=by)
    return roadmap
