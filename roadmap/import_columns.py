"""Names of the roles that a column of an imported table may have."""

from django.utils.translation import gettext_lazy as _

ROLE_NAMES = {
    "number": _("number"),
    "stage": _("stage"),
    "group": _("group of activities"),
    "content": _("activity"),
    "deadline": _("deadline"),
    "responsible": _("responsible"),
    "document": _("document, result"),
    "other": _("another column"),
}


def column_choices(columns):
    """(name of the field, heading, [(role, its name, whether it is chosen)]) of each column from the left."""
    return [
        (f"column_{place}", heading or f"{place}", [(name, label, name == role) for name, label in ROLE_NAMES.items()])
        for place, (role, heading) in enumerate(columns, 1)
    ]
