"""Sentences of Django's admin into which it puts the name of a model.

In Russian the name would have to decline («Добавить пара или группа»). Named here, they stand in the portal's own
catalogue, which goes before Django's, in words that leave the name as it is («Добавить: пара или группа»).
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Add another %(verbose_name)s"),
    _("Delete selected %(verbose_name_plural)s"),
)
