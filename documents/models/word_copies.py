"""Word documents that people brought back: what was signed where it was corrected in Word before the signing."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.papers import Paper


class WordCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the papers that the user sees."""
        return self.filter(paper__in=Paper.objects.visible_to(user))


class WordCopy(models.Model):
    """A corrected docx of a filed paper, put back as the version that was signed; kept with its hash, never changed."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="word_copies", verbose_name=_("paper"))
    file = models.FileField(_("file"), upload_to="word/%Y/", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    text = models.TextField(_("text"), editable=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("brought by")
    )
    brought_at = models.DateTimeField(_("brought"), auto_now_add=True)

    objects = WordCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed Word document")
        verbose_name_plural = _("signed Word documents")
        ordering = ["-brought_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "sha256"],
                name="a_word_copy_is_brought_once",
                violation_error_message=_("This very file is here already."),
            )
        ]

    def __str__(self):
        return str(self.paper)

    def get_absolute_url(self):
        return reverse("documents:word-copy", args=[self.pk])
