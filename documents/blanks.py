"""What a paper prints of its organization's look, as plain data that is frozen with it: letterhead, signature, layout.

Without settings of its own an organization has the look of the standard.
"""

from documents.declension.positions import is_acting
from documents.models import Blank
from documents.paper_texts import held_together
from documents.wording import head_position_in

# What the standards fix; the size of the letters and the spacing they leave to the organization.
STANDARD_MARGINS = {"top": 20, "right": 10, "bottom": 20, "left": 20, "left_kept_long": 30}
CORNER_WIDTHS = {Blank.Standard.GOST_2025: 80, Blank.Standard.GOST_2016: 75, Blank.Standard.OWN: 80}
# Lines of one spacing of a word processor are 1.2 of the letters of Times high.
LINE_HEIGHTS = {"1": 1.2, "1.15": 1.38, "1.5": 1.8}


def blank_of(organization):
    """The settings of the organization, or unsaved ones as the standard has them."""
    return Blank.objects.filter(organization=organization).select_related("picture").first() or Blank(
        organization=organization
    )


def letterhead_content(organization, blank=None):
    """The letterhead as JSON data; the picture is named by its SHA-256 and kept for ever."""
    blank = blank or blank_of(organization)
    parent = organization.parent
    printed = {
        "address": organization.address,
        "phone": organization.phone and f"тел. {organization.phone}".replace(" ", "\xa0"),
        "email": organization.email,
        "site": organization.site_url.removeprefix("https://").removeprefix("http://").rstrip("/"),
    }
    inn = " / ".join(filter(None, [organization.inn, organization.inn and blank.kpp]))
    numbers = {
        "inn": inn and f"{'ИНН/КПП' if blank.kpp else 'ИНН'}\xa0{inn}",
        "ogrn": organization.ogrn and f"ОГРН\xa0{organization.ogrn}",
    }
    chosen = blank.requisites
    return {
        "founder": blank.founder or (parent.full_name if parent else ""),
        "full_name": held_together(organization.full_name),
        "short_name": held_together(organization.short_name),
        "contacts": ", ".join(words for name, words in printed.items() if name in chosen and words),
        "numbers": ", ".join(words for name, words in numbers.items() if name in chosen and words),
        "placing": blank.placing,
        "picture": blank.picture.sha256 if blank.prints_picture else "",
        "picture_kind": blank.picture_kind if blank.prints_picture else "",
    }


def layout_content(organization, blank=None):
    """The layout of the sheets as JSON data, numbers and known words alone: the style of the file is made from it."""
    blank = blank or blank_of(organization)
    is_own = blank.standard == Blank.Standard.OWN
    own_margins = {name: getattr(blank, f"margin_{name}") for name in STANDARD_MARGINS}
    return {
        "standard": blank.standard,
        "margins": own_margins if is_own else STANDARD_MARGINS,
        "font_size": blank.font_size,
        "line_height": LINE_HEIGHTS[blank.spacing],
        "corner_width": CORNER_WIDTHS[blank.standard],
        "date_place": blank.date_place,
        "annex_side": blank.annex_side if is_own else Blank.Side.RIGHT,
        "grif_side": blank.grif_side if is_own else Blank.Side.RIGHT,
        "page_numbers": blank.page_numbers if is_own else Blank.PageNumbers.TOP_CENTER,
        "signature": blank.signature,
    }


def acting_position(organization, blank=None):
    """«И.о. директора МОУ СШ № 1», as who acts for the head signs; the organization chooses the long form."""
    blank = blank or blank_of(organization)
    words = "Исполняющий обязанности" if blank.acting == Blank.Acting.LONG else "И.о."
    if is_acting(organization.head_position):
        return organization.head_position
    position = head_position_in(organization, "genitive")
    return f"{words}\xa0{position[:1].lower()}{position[1:]}"
