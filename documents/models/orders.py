"""Orders of the head."""

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.models.acts import LegalAct
from documents.models.numbers import MAIN_SERIES, NumberSeries
from documents.models.papers import Paper
from documents.numbering import comparable_number
from documents.order_kinds import KINDS
from documents.paper_texts import check_placeholders
from mentorship.models import StatusEvent
from participants.models import Organization, Person
from programs.models import Pair, PairMentee, Program


def _naming(people):
    """The condition for orders that name one of the people: in a pair that they put in force or end, or by himself."""
    members = PairMentee.objects.filter(person__in=people)
    pairs = Pair.objects.filter(Q(mentor__in=people) | Q(pk__in=members.values("pair"))).values("pk")
    begun = Order.pairs.through.objects.filter(pair__in=pairs).values("order")
    ended = Order.ended_pairs.through.objects.filter(pair__in=pairs).values("order")
    named = OrderPerson.objects.filter(person__in=people).values("order")
    return Q(pk__in=begun) | Q(pk__in=ended) | Q(pk__in=named)


def _next_step():
    """The name of the step that has to decide on an order now, as documents/agreeing.py counts them; else NULL."""
    agreed = apps.get_model("documents", "StepDecision").objects.filter(
        order=OuterRef(OuterRef("pk")), version=OuterRef(OuterRef("version")), step=OuterRef("pk"), outcome="agreed"
    )
    steps = apps.get_model("documents", "ApprovalStep").objects.filter(
        Q(kind="") | Q(kind=OuterRef("kind")), ~Exists(agreed), organization=OuterRef("organization")
    )
    return Subquery(steps.order_by("position", "pk").values("name")[:1])


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Orders of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        own = Q(program__organization__in=user.organizations_in_charge)
        # An office's papers are in the hands of its coordinator, as those of a school in its curator's.
        return self.filter(own | Q(program__organization__in=user.organizations_as("coordinator")))

    def issued_below(self, office):
        """What an office sees of the organizations below it: that an order was approved, by which number and when.

        Its words name people: they go upward by consent alone, and stay here (domain.md 8.2).
        """
        below = Organization.objects.below(office)
        approved = self.filter(organization__in=below, status=Order.Status.APPROVED)
        return approved.select_related("organization", "paper").only(
            "kind",
            "number",
            "number_key",
            "number_year",
            "approved_on",
            "repealed_by",
            "organization__short_name",
            "paper__code",
        )

    def waiting_for(self, user):
        """The head's inbox."""
        return self.filter(program__organization__in=user.organizations_as("head"), status=Order.Status.SUBMITTED)

    def holding(self):
        """Orders whose pairs may stand in no other one; a returned order lets its pairs go."""
        return self.exclude(status=Order.Status.RETURNED)

    def matching(self, text):
        """Orders whose number or heading holds the text, or which name a person with it."""
        spellings = {text, text.lower(), text.capitalize()}  # SQLite compares only Latin letters without case
        found = _naming(Person.objects.matching(text))
        for spelling in spellings:
            found |= Q(title__contains=spelling)
        if number := comparable_number(text):
            found |= Q(number_key__contains=number)
        return self.filter(found)

    def naming(self, person):
        """Orders that name the person, approved or on their way."""
        return self.filter(_naming([person]))

    def for_list(self):
        """Those without a date first, they are still worked on; then by date and number, the newest first."""
        return (
            self.select_related("organization", "program", "created_by", "number_series", "repealed_by")
            .prefetch_related("created_by__people")
            .annotate(pair_count=Count("pairs"), next_step=_next_step())
            .order_by(F("approved_on").desc(nulls_first=True), "-pk")
        )

    def for_page(self):
        return self.select_related(
            "organization__parent",
            "program__organization",
            "created_by",
            "approved_by",
            "number_series",
            "paper",
            "repealed_by",
            "changed_by",
        ).annotate(next_step=_next_step())

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
            .annotate(
                pair_count=Count("pairs"),
                next_step=_next_step(),
                submitted_at=Subquery(submitted.order_by("-at").values("at")[:1]),
            )
            .order_by("submitted_at", "pk")
        )

    def delete(self):
        if approved := self.filter(status=Order.Status.APPROVED).first():
            approved.refuse_deletion()
        return super().delete()


class Order(models.Model):
    """An order of the head on the mentorship programme; approved, it is frozen for ever."""

    KINDS = [(key, kind.name) for key, kind in KINDS.items()]
    ASSIGNMENT = "assignment_order"

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for the head")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("in force")

    # What is typed and not kept yet, for the preview: documents/previewing.py.
    typed = None

    NEXT = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.APPROVED, Status.RETURNED},
        Status.RETURNED: {Status.SUBMITTED},
    }

    program = models.ForeignKey(Program, models.PROTECT, related_name="orders", verbose_name=_("programme"))
    kind = models.CharField(_("kind"), max_length=30, choices=KINDS, default=ASSIGNMENT, editable=False)
    title = models.CharField(_("heading"), max_length=300)
    body = models.TextField(
        _("text"), help_text=_("The ground first; each numbered point begins on a line of its own with «1.».")
    )
    pairs = models.ManyToManyField(Pair, related_name="orders", verbose_name=_("pairs and groups"), blank=True)
    ended_pairs = models.ManyToManyField(
        Pair, related_name="ending_orders", verbose_name=_("pairs and groups that end"), blank=True
    )
    people = models.ManyToManyField(
        Person, through="OrderPerson", related_name="+", verbose_name=_("people"), blank=True
    )
    # Which text the draft was made from: {"id", "version", "of"} of an own one, {"edition"} of the portal's.
    text_origin = models.JSONField(_("text it was made from"), default=dict, blank=True, editable=False)
    # {placeholder: what was typed for it}; dates as ISO text. Which there are, order_kinds says.
    values = models.JSONField(_("what was typed"), default=dict, blank=True, editable=False)
    grounds = models.ManyToManyField(
        LegalAct,
        related_name="+",
        verbose_name=_("grounds"),
        blank=True,
        help_text=_("Nothing ticked: the portal takes those that fit the pairs."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    number_series = models.ForeignKey(
        NumberSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("series of numbers"),
        help_text=_("Empty: the main series of the organization."),
    )
    # The key of the series, by which numbers are unique; see documents/models/numbers.py.
    series = models.CharField(max_length=30, default=MAIN_SERIES, editable=False)
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
    # What the approval froze.
    paper = models.OneToOneField(
        Paper, models.PROTECT, null=True, blank=True, related_name="order", verbose_name=_("paper"), editable=False
    )
    # Grows with each change of the draft: who decides on it decides on what he has read.
    version = models.PositiveIntegerField(_("version of the draft"), default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)
    # The approved order that has repealed this one as a whole; which orders change its points, the links say.
    repealed_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repealed_orders",
        verbose_name=_("repealed by"),
        editable=False,
    )
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
                    ~Q(number="") & Q(approved_on__isnull=False) & Q(approved_by__isnull=False) & Q(paper__isnull=False)
                ),
                name="approved_order_is_complete",
                violation_error_message=_("An approved order has a number, a date and the head who approved it."),
            ),
            models.CheckConstraint(
                condition=Q(repealed_by=None) | (Q(status="approved") & ~Q(repealed_by=F("id"))),
                name="only_an_approved_order_is_repealed",
                violation_error_message=_("Only an approved order can be repealed, and by another one."),
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
        if self.number_series and self.number_series.organization_id != self.organization_id:
            raise ValidationError({"number_series": _("This series belongs to another organization.")})
        try:
            check_placeholders(self.body, self.kind)
        except ValidationError as error:
            raise ValidationError({"body": error}) from error

    @property
    def waits_for_step(self):
        """The name of the step that has to decide before the head; nothing where none has. Uses what is annotated."""
        if self.status != self.Status.SUBMITTED:
            return ""
        if not hasattr(self, "next_step"):
            self.next_step = Order.objects.filter(pk=self.pk).values_list(_next_step(), flat=True)[0]
        return self.next_step or ""

    def get_status_display(self):
        """The state in words: of an order that waits, at which step it waits."""
        if step := self.waits_for_step:
            return gettext("waits: %(step)s") % {"step": step}
        return str(self.Status(self.status).label)

    @property
    def kind_of_order(self):
        """What belongs to its kind: see documents/order_kinds.py."""
        return KINDS[self.kind]

    @property
    def snapshot(self):
        """Everything that the order prints, as it was at the approval; None before it."""
        return self.paper.content if self.paper else None

    @property
    def number_template(self):
        """The form of the numbers of its series."""
        return self.number_series.template if self.number_series else self.organization.order_number_template

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
    def is_repealed(self):
        return self.repealed_by_id is not None

    @property
    def is_approved(self):
        return self.status == self.Status.APPROVED


class OrderPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(order__in=Order.objects.visible_to(user))

    def awards_of(self, person):
        """Rewards by approved orders, the latest first."""
        given = self.filter(person=person, role="rewarded", order__status=Order.Status.APPROVED)
        return given.select_related("order").order_by("-order__approved_on", "-pk")


class OrderPerson(models.Model):
    """Somebody whom an order names beside the pairs: who is appointed, a member of a group, who is rewarded."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="named", verbose_name=_("order"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="named_in", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20)  # of a Slot in documents/order_kinds.py
    words = models.CharField(_("what is said"), max_length=250, blank=True)

    objects = OrderPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person in an order")
        verbose_name_plural = _("people in orders")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "person", "role"],
                name="one_place_in_an_order",
                violation_error_message=_("The order names this person already."),
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.order}"

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        return {"person": self.person_id}
