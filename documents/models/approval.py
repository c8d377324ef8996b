"""What stands around an order's approval: steps before it, comments on points, orders that change one another, who has
read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.orders import Order
from documents.order_kinds import KINDS
from mentorship.models import StatusEvent
from participants.models import Organization, Person


class OfOrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What belongs to the orders that the user sees."""
        return self.filter(order__in=Order.objects.visible_to(user))


class ApprovalStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Steps of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)

    def before(self, order):
        """The steps that an order of its kind passes before the head, in their order."""
        return self.filter(organization=order.organization_id, kind__in=["", order.kind]).order_by("position", "pk")


class ApprovalStep(models.Model):
    """A step that an organization wants before the head approves: «педагогический совет», «профсоюз»."""

    class Recorder(models.TextChoices):
        CURATOR = "curator", _("curator")
        HEAD = "head", _("head")
        STAFF = "staff", _("staff member")

    class Mark(models.TextChoices):
        ADOPTED = "adopted", "ПРИНЯТО"
        AGREED = "agreed", "СОГЛАСОВАНО"
        NONE = "none", _("nothing is printed")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="approval_steps", verbose_name=_("organization")
    )
    kind = models.CharField(
        _("kind of order"),
        max_length=30,
        blank=True,
        choices=[(key, kind.name) for key, kind in KINDS.items()],
        help_text=_("Empty: orders of all kinds."),
    )
    position = models.PositiveSmallIntegerField(_("place in the order of steps"), default=1)
    name = models.CharField(
        _("who agrees"), max_length=150, help_text=_("«Педагогический совет», «Профсоюзный комитет»")
    )
    recorder = models.CharField(
        _("who records it in the portal"), max_length=15, choices=Recorder, default=Recorder.CURATOR
    )
    needs_minutes = models.BooleanField(_("number and date of the minutes are asked for"), default=True)
    mark = models.CharField(_("what the order prints"), max_length=10, choices=Mark, default=Mark.AGREED)
    printed = models.CharField(
        _("words below the mark"),
        max_length=250,
        blank=True,
        help_text=_("«на заседании педагогического совета». Empty: who agrees."),
    )

    objects = ApprovalStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step before approval")
        verbose_name_plural = _("steps before approval")
        ordering = ["organization", "kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "name"],
                name="approval_step_named_once",
                violation_error_message=_("Orders of this kind have such a step already."),
            )
        ]

    def __str__(self):
        return self.name


class StepDecision(models.Model):
    """What a step has said of an order as it then was; of a changed order it says nothing any more."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")

    order = models.ForeignKey(Order, models.CASCADE, related_name="step_decisions", verbose_name=_("order"))
    step = models.ForeignKey(
        ApprovalStep, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("step")
    )
    # As the step was called when it decided: settings change, records do not.
    name = models.CharField(_("who agrees"), max_length=150)
    mark = models.CharField(_("what the order prints"), max_length=10, choices=ApprovalStep.Mark)
    printed = models.CharField(_("words below the mark"), max_length=250, blank=True)
    version = models.PositiveIntegerField(_("version of the draft"))
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    minutes_number = models.CharField(_("number of the minutes"), max_length=40, blank=True)
    minutes_on = models.DateField(_("date of the minutes"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    recorded_at = models.DateTimeField(_("when"), auto_now_add=True)
    address = models.GenericIPAddressField(_("from which address"), null=True, blank=True)
    means = models.CharField(_("how"), max_length=20, choices=StatusEvent.Means, blank=True)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of a step")
        verbose_name_plural = _("decisions of steps")
        ordering = ["order", "recorded_at", "pk"]

    def __str__(self):
        return f"{self.name}, {self.order}"

    @property
    def is_agreed(self):
        return self.outcome == self.Outcome.AGREED


class PointComment(models.Model):
    """What the head, or a step, wrote beside one point of an order; the point as it then read is kept with it."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="point_comments", verbose_name=_("order"))
    version = models.PositiveIntegerField(_("version of the draft"))
    number = models.CharField(_("point"), max_length=40, blank=True)
    text = models.TextField(_("text of the point"))
    comment = models.TextField(_("comment"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mended by")
    )
    mended_at = models.DateTimeField(_("mended"), null=True, blank=True)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a point")
        verbose_name_plural = _("comments on points")
        ordering = ["order", "made_at", "pk"]

    def __str__(self):
        return f"{self.number} {self.comment}".strip()


class OrderLink(models.Model):
    """An order that changes or repeals an earlier one: a wish while it is a draft, in force with its approval."""

    class Action(models.TextChoices):
        REPEALS = "repeals", _("repeals")
        CHANGES = "changes", _("changes")

    order = models.ForeignKey(Order, models.CASCADE, related_name="links", verbose_name=_("order"))
    earlier = models.ForeignKey(Order, models.PROTECT, related_name="later_links", verbose_name=_("earlier order"))
    action = models.CharField(_("what it does"), max_length=10, choices=Action)
    items = models.CharField(
        _("which points"), max_length=300, blank=True, help_text=_("«пункт 2», «пункты 3 и 4». Empty: the whole order.")
    )

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an earlier order")
        verbose_name_plural = _("changes of earlier orders")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "earlier"],
                name="one_link_to_an_earlier_order",
                violation_error_message=_("The order names this earlier order already."),
            ),
            models.CheckConstraint(
                condition=~Q(order=models.F("earlier")),
                name="order_not_linked_to_itself",
                violation_error_message=_("An order cannot repeal or change itself."),
            ),
        ]

    def __str__(self):
        return f"{self.order}: {self.get_action_display()} {self.earlier}"

    @property
    def is_whole_repeal(self):
        return self.action == self.Action.REPEALS and not self.items


class FamiliarizationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the organizations whose papers the user sees, and the user's own."""
        if user.is_superuser:
            return self
        return self.filter(Q(order__organization__in=user.organizations_in_charge) | Q(person__user=user))

    def of_reader(self, user):
        return self.filter(person__user=user).select_related("order__organization", "person")

    def waiting(self):
        return self.filter(read_on=None)


class Familiarization(models.Model):
    """Somebody whom an approved order names, and when he has read it (Labour Code art. 22: against signature)."""

    class Way(models.TextChoices):
        PORTAL = "portal", _("confirmed in the portal")
        SHEET = "sheet", _("signed on paper")

    order = models.ForeignKey(Order, models.CASCADE, related_name="familiarizations", verbose_name=_("order"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="familiarizations", verbose_name=_("person"))
    read_on = models.DateField(_("has read it on"), null=True, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    address = models.GenericIPAddressField(_("from which address"), null=True, blank=True)

    objects = FamiliarizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("familiarization")
        verbose_name_plural = _("familiarizations")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "person"],
                name="one_familiarization_of_a_person",
                violation_error_message=_("The person stands in the list of this order already."),
            ),
            models.CheckConstraint(
                condition=Q(read_on=None, way="", recorded_at=None)
                | (Q(read_on__isnull=False, recorded_at__isnull=False) & ~Q(way="")),
                name="familiarization_is_whole",
                violation_error_message=_("A confirmed familiarization has a day and a way."),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.order}"

    def get_absolute_url(self):
        return reverse("documents:order-read", args=[self.order_id])

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        return {"person": self.person_id}


class FamiliarizationSheet(models.Model):
    """The scan of a signed familiarization sheet."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="sheets", verbose_name=_("order"))
    scan = models.FileField(_("scan"), upload_to="familiarizations/%Y/")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan of a familiarization sheet")
        verbose_name_plural = _("scans of familiarization sheets")
        ordering = ["order", "added_at"]

    def __str__(self):
        return f"{self.order} {self.added_at:%d.%m.%Y}"
