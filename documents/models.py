"""PAPERS: orders and agreements: text, numbering, approval, the frozen file."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.numbering import comparable_number
from documents.paper_texts import check_placeholders
from mentorship.models import StatusEvent
from participants.models import Organization, Person
from programs.models import Pair, PairMentee, Program


class PaperTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class PaperText(models.Model):
    """An organization's own wording of a paper; without one the portal's ready text is taken."""

    class Kind(models.TextChoices):
        ASSIGNMENT_ORDER = "assignment_order", _("order on pairs and groups")
        AGREEMENT = "agreement", _("agreement of mentor and mentee")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="paper_texts", verbose_name=_("organization")
    )
    kind = models.CharField(_("paper"), max_length=30, choices=Kind)
    text = models.TextField(_("text"))

    objects = PaperTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a paper")
        verbose_name_plural = _("texts of papers")
        ordering = ["organization", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind"],
                name="one_text_per_paper",
                violation_error_message=_("The organization has its text of this paper already."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.organization}"

    def clean(self):
        try:
            check_placeholders(self.text, self.kind)
        except ValidationError as error:
            raise ValidationError({"text": error}) from error


class NumberCounter(models.Model):
    """The last number given in a series of an organization in a calendar year; locked while a number is taken."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    series = models.CharField(_("series"), max_length=30)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter of numbers")
        verbose_name_plural = _("counters of numbers")
        constraints = [
            models.UniqueConstraint(fields=["organization", "series", "year"], name="one_counter_per_series_and_year")
        ]

    def __str__(self):
        return f"{self.series} {self.year}: {self.last}"


def _orders_naming(people):
    """Keys of the orders whose pairs hold one of the people."""
    members = PairMentee.objects.filter(person__in=people)
    pairs = Pair.objects.filter(Q(mentor__in=people) | Q(pk__in=members.values("pair")))
    return Order.pairs.through.objects.filter(pair__in=pairs).values("order")


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Orders of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(program__organization__in=user.organizations_in_charge)

    def waiting_for(self, user):
        """The head's inbox."""
        return self.filter(program__organization__in=user.organizations_as("head"), status=Order.Status.SUBMITTED)

    def holding(self):
        """Orders whose pairs may stand in no other one; a returned order lets its pairs go."""
        return self.exclude(status=Order.Status.RETURNED)

    def matching(self, text):
        """Orders whose number or heading holds the text, or which name a person with it."""
        spellings = {text, text.lower(), text.capitalize()}  # SQLite compares only Latin letters without case
        found = Q(pk__in=_orders_naming(Person.objects.matching(text)))
        for spelling in spellings:
            found |= Q(title__contains=spelling)
        if number := comparable_number(text):
            found |= Q(number_key__contains=number)
        return self.filter(found)

    def naming(self, person):
        """Orders that put a pair of the person in force or want to."""
        return self.filter(pk__in=_orders_naming([person]))

    def for_list(self):
        """Those without a date first, they are still worked on; then by date and number, the newest first."""
        return (
            self.select_related("organization", "program", "created_by")
            .prefetch_related("created_by__people")
            .annotate(pair_count=Count("pairs"))
            .order_by(F("approved_on").desc(nulls_first=True), "-pk")
        )

    def for_page(self):
        return self.select_related("organization__parent", "program__organization", "created_by", "approved_by")

    def for_inbox(self):
        """With the day of the submission, the oldest first."""
        submitted = StatusEvent.objects.filter(
            content_type__app_label="documents",
            content_type__model="order",
            object_id=OuterRef("pk"),
            status=Order.Status.SUBMITTED,
        )
        return (
            self.select_related("organization", "program", "created_by")
            .prefetch_related("created_by__people")
            .annotate(pair_count=Count("pairs"), submitted_at=Subquery(submitted.order_by("-at").values("at")[:1]))
            .order_by("submitted_at", "pk")
        )

    def delete(self):
        if approved := self.filter(status=Order.Status.APPROVED).first():
            approved.refuse_deletion()
        return super().delete()


class Order(models.Model):
    """An order of the head «О закреплении наставнических пар (групп)»; approved, it is frozen for ever."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for the head")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("in force")

    NEXT = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.APPROVED, Status.RETURNED},
        Status.RETURNED: {Status.SUBMITTED},
    }

    program = models.ForeignKey(Program, models.PROTECT, related_name="orders", verbose_name=_("programme"))
    title = models.CharField(_("heading"), max_length=300)
    body = models.TextField(
        _("text"), help_text=_("The ground first; each numbered point begins on a line of its own with «1.».")
    )
    pairs = models.ManyToManyField(Pair, related_name="orders", verbose_name=_("pairs and groups"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    series = models.CharField(_("series of numbers"), max_length=30, default="orders", editable=False)
    number = models.CharField(_("number"), max_length=40, blank=True)
    # The number as it is compared: letters that look alike, case and spaces made one.
    number_key = models.CharField(max_length=40, blank=True, editable=False)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    approved_on = models.DateField(_("date"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="orders", verbose_name=_("organization"), editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("drafted by")
    )
    created_at = models.DateTimeField(_("drafted"), auto_now_add=True)
    # Everything that the paper prints, as it was at the approval; the file is made from it once.
    snapshot = models.JSONField(_("content at the approval"), null=True, blank=True, editable=False)
    pdf = models.FileField(_("file"), upload_to="orders/%Y/", blank=True, editable=False)
    pdf_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    events = GenericRelation(StatusEvent)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-approved_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "series", "number_year", "number_key"],
                condition=~Q(number_key=""),
                name="order_number_unique_in_series_and_year",
                violation_error_message=_("An order of this year has this number already."),
            ),
            models.CheckConstraint(
                condition=~Q(status="approved")
                | (
                    ~Q(number="")
                    & Q(approved_on__isnull=False)
                    & Q(approved_by__isnull=False)
                    & Q(snapshot__isnull=False)
                ),
                name="approved_order_is_complete",
                violation_error_message=_("An approved order has a number, a date and the head who approved it."),
            ),
        ]

    def __str__(self):
        if self.number:
            return _("No. %(number)s of %(date)s %(title)s") % {
                "number": self.number,
                "date": f"{self.approved_on:%d.%m.%Y}",
                "title": self.title,
            }
        return self.title

    def get_absolute_url(self):
        return reverse("documents:order", args=[self.pk])

    def delete(self, **kwargs):
        if self.is_approved:
            self.refuse_deletion()
        return super().delete(**kwargs)

    def refuse_deletion(self):
        """Raise the ValidationError that an approved paper answers to whoever wants it gone."""
        raise ValidationError(
            _("The order is approved: it is kept for ever. What is wrong in it is put right by a new order."),
            code="approved",
        )

    def clean(self):
        try:
            check_placeholders(self.body, PaperText.Kind.ASSIGNMENT_ORDER)
        except ValidationError as error:
            raise ValidationError({"body": error}) from error

    @property
    def drafter(self):
        """The name of who drafted the order, or the address of the account; uses what is prefetched."""
        if self.created_by is None:
            return ""
        return next((person.full_name for person in self.created_by.people.all()), self.created_by.email)

    @property
    def last_comment(self):
        """What the head wrote when he returned the order last; nothing when it is not returned."""
        if self.status != self.Status.RETURNED:
            return ""
        event = self.events.filter(status=self.Status.RETURNED).first()
        return event.comment if event else ""

    @property
    def is_editable(self):
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}

    @property
    def is_approved(self):
        return self.status == self.Status.APPROVED


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agreements of the organizations whose papers the user sees, and those the user is a party of."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(order__program__organization__in=user.organizations_in_charge)
            | Q(pair__mentor__user=user)
            | Q(mentee__person__user=user)
        )

    def of_person(self, person):
        return self.filter(Q(pair__mentor=person) | Q(mentee__person=person))

    def for_list(self):
        return self.select_related("order__organization", "pair__mentor", "mentee__person").order_by(
            "pair__mentor__last_name", "mentee__person__last_name", "pk"
        )


class Agreement(models.Model):
    """The agreement of a mentor and one mentee, made by an approved order; its file holds both copies."""

    COPIES = 2

    order = models.ForeignKey(Order, models.PROTECT, related_name="agreements", verbose_name=_("order"))
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="agreements", verbose_name=_("pair or group"))
    mentee = models.ForeignKey(PairMentee, models.PROTECT, related_name="agreements", verbose_name=_("mentee"))
    snapshot = models.JSONField(_("content at the approval"), editable=False)
    pdf = models.FileField(_("file"), upload_to="agreements/%Y/", blank=True, editable=False)
    pdf_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "mentee"],
                name="one_agreement_per_mentee_and_order",
                violation_error_message=_("This mentee has an agreement by this order already."),
            )
        ]

    def __str__(self):
        return f"{self.pair.mentor.short_name} – {self.mentee.person.short_name}"

    def get_absolute_url(self):
        return reverse("documents:agreement-file", args=[self.pk])

    @property
    def organization(self):
        return self.order.organization
