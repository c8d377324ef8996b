"""Papers beside the orders and their agreements, made one by one or many in one job."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.orders import Order
from documents.models.papers import Paper
from participants.models import Organization, Person
from programs.models import Pair, Program


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(paper__organization__in=user.organizations_in_charge)

    def of_person(self, person):
        return self.filter(paper__people=person)

    def for_list(self):
        return self.select_related("paper__organization", "pair", "program", "order").order_by(
            "-paper__dated_on", "-pk"
        )


class Letter(models.Model):
    """A paper that is neither an order nor an agreement: what it is about. Its words and its file are the Paper's."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="letter", verbose_name=_("paper"), editable=False)
    program = models.ForeignKey(
        Program, models.SET_NULL, null=True, blank=True, related_name="letters", verbose_name=_("programme")
    )
    pair = models.ForeignKey(
        Pair, models.SET_NULL, null=True, blank=True, related_name="letters", verbose_name=_("pair or group")
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("order")
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter or certificate")
        verbose_name_plural = _("letters and certificates")
        ordering = ["-paper__dated_on", "-pk"]

    def __str__(self):
        number = f" № {self.paper.number}" if self.paper.number else ""
        return f"{self.paper.title}{number}"

    def get_absolute_url(self):
        return reverse("documents:letter", args=[self.pk])

    @property
    def organization(self):
        return self.paper.organization


class PaperBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Batches of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class PaperBatch(models.Model):
    """Many papers of a kind made by one job: one file to print, one zip with a file for each."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="paper_batches", verbose_name=_("organization")
    )
    program = models.ForeignKey(
        Program, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=30)
    # What was typed for all of them: {name of the field: value}, dates as ISO text.
    values = models.JSONField(_("what was typed"), default=dict, editable=False)
    # Given by the form: the same form sent twice is one batch.
    token = models.CharField(_("mark of the form"), max_length=40, unique=True, editable=False)
    merged = models.FileField(_("file to print"), upload_to="batches/%Y/", blank=True, editable=False)
    zipped = models.FileField(_("zip of the files"), upload_to="batches/%Y/", blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = PaperBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of papers")
        verbose_name_plural = _("batches of papers")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.kind} {self.made_at:%d.%m.%Y}"

    def get_absolute_url(self):
        return reverse("documents:batch", args=[self.pk])


class BatchItem(models.Model):
    """A paper of a batch: for whom, and the paper once it is made. So a job that was killed makes none twice."""

    batch = models.ForeignKey(PaperBatch, models.CASCADE, related_name="items", verbose_name=_("batch of papers"))
    place = models.PositiveIntegerField(_("place"))
    pair = models.ForeignKey(
        Pair, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("pair or group")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="batch_items", verbose_name=_("person")
    )
    # Somebody outside of the portal's files, as the paper names him.
    outside = models.CharField(_("addressee outside of the organization"), max_length=300, blank=True)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="batch_items", verbose_name=_("paper")
    )
    refusal = models.CharField(_("why it was not made"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("paper of a batch")
        verbose_name_plural = _("papers of a batch")
        ordering = ["batch", "place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="one_item_at_a_place_of_a_batch"),
            models.UniqueConstraint(
                fields=["batch", "pair", "person"],
                condition=Q(pair__isnull=False, person__isnull=False),
                name="one_paper_of_a_batch_per_pair_and_person",
            ),
            models.UniqueConstraint(
                fields=["batch", "pair"],
                condition=Q(pair__isnull=False, person=None),
                name="one_paper_of_a_batch_per_pair",
            ),
            models.UniqueConstraint(
                fields=["batch", "person"],
                condition=Q(person__isnull=False, pair=None),
                name="one_paper_of_a_batch_per_person",
            ),
            models.UniqueConstraint(
                fields=["batch", "paper"],
                condition=Q(paper__isnull=False),
                name="one_place_of_a_paper_in_a_batch",
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}: {self.place}"
