"""How an organization's papers look: the letterhead with its picture, the signature, the layout of the sheet, the
pictures below letters of thanks and certificates.
"""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models import Organization


def usual_requisites():
    return ["address", "phone", "email"]


class BlankPictureQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_superuser else self.filter(organization__in=user.organizations_in_charge)


class BlankPicture(models.Model):
    """A logo or arms as papers print it; never deleted, for filed papers name it by its SHA-256."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="blank_pictures", verbose_name=_("organization")
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField(_("picture"))  # PNG, made by documents/blank_pictures.py
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = BlankPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a letterhead")
        verbose_name_plural = _("pictures of letterheads")
        constraints = [models.UniqueConstraint(fields=["organization", "sha256"], name="one_picture_per_organization")]

    def __str__(self):
        return self.sha256[:12]


class BlankQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_superuser else self.filter(organization__in=user.organizations_in_charge)


class Blank(models.Model):
    """The look of the papers of an organization; filed papers keep the one they were made with."""

    class PictureKind(models.TextChoices):
        NONE = "none", _("no picture")
        ARMS = "arms", _("arms")
        LOGO = "logo", _("logo")

    class Placing(models.TextChoices):
        CENTRED = "centred", _("across the sheet, centred")
        CORNER = "corner", _("in the left upper corner")

    class Requisite(models.TextChoices):
        ADDRESS = "address", _("address")
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        SITE = "site", _("site")
        INN = "inn", _("INN and KPP")
        OGRN = "ogrn", _("OGRN")

    class Signature(models.TextChoices):
        LINE = "line", _("position, signature and name in one line")
        STACKED = "stacked", _("position above, signature and name below it")

    class Acting(models.TextChoices):
        SHORT = "short", "И.о. директора"
        LONG = "long", "Исполняющий обязанности директора"

    class Standard(models.TextChoices):
        GOST_2025 = "2025", "ГОСТ Р 7.0.97-2025"
        GOST_2016 = "2016", "ГОСТ Р 7.0.97-2016"
        OWN = "own", _("own values")

    class DatePlace(models.TextChoices):
        LINE = "line", _("date, place and number in one line")
        UNDER = "under", _("date and number in one line, the place below in the middle")

    class Side(models.TextChoices):
        RIGHT = "right", _("right")
        LEFT = "left", _("left")

    class PageNumbers(models.TextChoices):
        TOP_CENTER = "top-center", _("above, in the middle")
        TOP_RIGHT = "top-right", _("above, at the right")
        BOTTOM_CENTER = "bottom-center", _("below, in the middle")
        NONE = "none", _("no numbers")

    class AssignmentWay(models.TextChoices):
        MENTOR_FIRST = "mentor_first", "Иванову – за Петровой"
        MENTEE_FIRST = "mentee_first", "за Петровой – наставника Иванову"

    FONT_SIZES = [(size, f"{size} pt") for size in (12, 13, 14)]
    SPACINGS = [("1", "1"), ("1.15", "1,15"), ("1.5", "1,5")]

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="blank", verbose_name=_("organization")
    )
    founder = models.CharField(
        _("founder"), max_length=400, blank=True, help_text=_("Empty: the organization above, where there is one.")
    )
    picture_kind = models.CharField(
        _("picture of the letterhead"),
        max_length=10,
        choices=PictureKind,
        default=PictureKind.NONE,
        help_text=_("Arms or a logo, never both: so the standard has it."),
    )
    picture = models.ForeignKey(
        BlankPicture, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("picture")
    )
    placing = models.CharField(_("letterhead"), max_length=10, choices=Placing, default=Placing.CENTRED)
    requisites = models.JSONField(_("requisites that are printed"), default=usual_requisites, blank=True)
    kpp = models.CharField(
        _("KPP"), max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}\Z", _("Write nine digits."))]
    )
    signature = models.CharField(_("signature"), max_length=10, choices=Signature, default=Signature.LINE)
    acting = models.CharField(_("who acts for the head signs as"), max_length=10, choices=Acting, default=Acting.SHORT)
    assignment_way = models.CharField(
        _("pairs in orders"), max_length=15, choices=AssignmentWay, default=AssignmentWay.MENTOR_FIRST
    )
    is_countersigned = models.BooleanField(
        _("the curator signs agreements, too"),
        default=False,
        help_text=_("A line below the signatures of the parties; the organization is not a party itself."),
    )
    background_portrait = models.FileField(_("background, upright"), upload_to="blanks/", blank=True)
    background_landscape = models.FileField(_("background, across"), upload_to="blanks/", blank=True)
    has_seal_place = models.BooleanField(
        _("place for the seal"), default=True, help_text=_("On letters of thanks and certificates.")
    )
    standard = models.CharField(_("layout"), max_length=5, choices=Standard, default=Standard.GOST_2025)
    font_size = models.PositiveSmallIntegerField(_("size of the letters"), choices=FONT_SIZES, default=14)
    spacing = models.CharField(_("line spacing"), max_length=5, choices=SPACINGS, default="1")
    margin_left = models.PositiveSmallIntegerField(
        _("left margin, mm"), default=20, validators=[MinValueValidator(10), MaxValueValidator(50)]
    )
    margin_left_kept_long = models.PositiveSmallIntegerField(
        _("left margin of papers kept over ten years, mm"),
        default=30,
        validators=[MinValueValidator(10), MaxValueValidator(50)],
    )
    margin_right = models.PositiveSmallIntegerField(
        _("right margin, mm"), default=10, validators=[MinValueValidator(5), MaxValueValidator(50)]
    )
    margin_top = models.PositiveSmallIntegerField(
        _("upper margin, mm"), default=20, validators=[MinValueValidator(10), MaxValueValidator(50)]
    )
    margin_bottom = models.PositiveSmallIntegerField(
        _("lower margin, mm"), default=20, validators=[MinValueValidator(10), MaxValueValidator(50)]
    )
    date_place = models.CharField(_("date and number"), max_length=10, choices=DatePlace, default=DatePlace.LINE)
    annex_side = models.CharField(_("mark of an annex"), max_length=5, choices=Side, default=Side.RIGHT)
    grif_side = models.CharField(_("grif of approval"), max_length=5, choices=Side, default=Side.RIGHT)
    page_numbers = models.CharField(
        _("page numbers"), max_length=15, choices=PageNumbers, default=PageNumbers.TOP_CENTER
    )

    objects = BlankQuerySet.as_manager()

    class Meta:
        verbose_name = _("letterhead and layout")
        verbose_name_plural = _("letterheads and layouts")

    def __str__(self):
        return f"{self._meta.verbose_name}, {self.organization}"

    @property
    def prints_picture(self):
        return self.picture_kind != self.PictureKind.NONE and self.picture_id is not None
