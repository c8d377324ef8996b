"""The sheets of a paper as the printer lays them out: what each element looks like and where it stands."""

from dataclasses import dataclass

from docx.shared import RGBColor

from documents.blank_pictures import pictures_in
from mentorship.pdf import PAPER_STYLESHEETS, reading_of

EMU_OF_PIXEL = 9525  # a CSS pixel is 1/96 of an inch
POINTS_OF_PIXEL = 0.75
UNPRINTED = {"head", "style", "script", "title", "meta", "link"}


class Sheets:
    """A page for the printer, laid out: `style_of(element)` is its computed style, `boxes` where elements stand.

    `pages` holds the first sheet of each form of page by its name, `root` the tree of elements.
    """

    def __init__(self, html):
        from weasyprint import HTML
        from weasyprint.css import get_all_computed_styles

        from mentorship.sealed_fetcher import STATIC_SCHEME, SealedFetcher

        self._fetcher = SealedFetcher(pictures_in(html))
        page = HTML(string=html, base_url=STATIC_SCHEME, url_fetcher=self._fetcher)
        styles = [f"{STATIC_SCHEME}{name}" for name in PAPER_STYLESHEETS]
        laid_out = page.render(stylesheets=styles, **reading_of(html))
        self.root = page.etree_element
        self.style_of = get_all_computed_styles(page, [_stylesheet(each, self._fetcher) for each in styles])
        self.boxes = _boxes(laid_out)
        self.pages = {}
        for sheet in laid_out.pages:
            self.pages.setdefault(sheet._page_box.page_type.name, sheet._page_box)
        self.first_page = laid_out.pages[0]._page_box
        self.parent_of = {child: parent for parent in self.root.iter() for child in parent}

    def fetch(self, address):
        """The bytes of a picture of the sheets; ValueError for one that the portal does not have."""
        return self._fetcher.fetch(address).read()

    def printed(self, element):
        """The children of the element that are printed."""
        return [child for child in element if self.is_printed(child)]

    def is_printed(self, element):
        """Whether Word shows the element: not the mark of a filed paper, not the picture below a whole sheet."""
        if not isinstance(element.tag, str) or element.tag in UNPRINTED:
            return False
        style = self.style_of(element)
        is_beside_the_text = style["position"] == "absolute" and (
            element.tag == "img" or "paper-mark" in (element.get("class") or "").split()
        )
        return "none" not in style["display"] and not is_beside_the_text

    def is_inline(self, element):
        """Whether the element is a part of a line, not a block."""
        return "inline" in self.style_of(element)["display"] or element.tag == "br"

    def is_row(self, element):
        """Whether blocks stand side by side in the element."""
        return "flex" in self.style_of(element)["display"]

    def has_words(self, element):
        """Whether there is anything in it to print."""
        return bool("".join(element.itertext()).strip(" \n\t\r")) or element.find(".//img") is not None

    def between(self, element, ancestor):
        """What stands between the element and its ancestor, from the inside out."""
        above = self.parent_of[element]
        while above is not ancestor:
            yield above
            above = self.parent_of[above]

    def container(self, element):
        """The cell in which the element stands, or the body."""
        while (above := self.parent_of.get(element)) is not None and element.tag != "body":
            if "table-cell" in self.style_of(element)["display"] or self.is_row(above):
                return element
            element = above
        return element


@dataclass(frozen=True)
class Box:
    """Where the printer put the content of an element first, in CSS pixels."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    height: float
    outer_width: float


def _boxes(laid_out):
    """{element: its first box} of all that is laid out as a block or a cell."""
    from weasyprint.formatting_structure import boxes

    found = {}
    for number, page in enumerate(laid_out.pages):
        for box in page._page_box.descendants():
            if isinstance(box, (boxes.BlockContainerBox, boxes.FlexContainerBox)) and box.element not in found:
                left, top = box.content_box_x(), box.content_box_y()
                found[box.element] = Box(
                    page=number,
                    left=left,
                    right=left + box.width,
                    top=top,
                    bottom=top + box.height,
                    height=box.border_height(),
                    outer_width=box.border_width(),
                )
    return found


def _stylesheet(address, fetcher):
    from weasyprint import CSS

    return CSS(url=address, url_fetcher=fetcher)


def points_of(pixels):
    """Points of CSS pixels, to halves as Word counts them."""
    return round(pixels * POINTS_OF_PIXEL * 2) / 2


def emu_of(length):
    """Word's units of a number of CSS pixels or of a computed length; what is left to the printer is 0."""
    if isinstance(length, int | float):
        return int(length * EMU_OF_PIXEL)
    return int(length.value * EMU_OF_PIXEL) if getattr(length, "unit", None) == "px" else 0


def color_of(style):
    """The colour of the words, or nothing for black."""
    red, green, blue = (round(part * 255) for part in style["color"].coordinates[:3])
    return RGBColor(red, green, blue) if (red, green, blue) != (0, 0, 0) else None
