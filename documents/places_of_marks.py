"""Where the mark of an electronic signature stands: in the room left of the name of who signs, else in the foot margin.

Pure: a PDF in, a place out. Lengths are points, counted from the lower left corner of a page, as PDF counts them.
"""

import math

from documents.pdf_pages import opened_pdf

MM = 72 / 25.4
WIDTH, HEIGHT = 66 * MM, 22 * MM
GAP = 2 * MM
# Right of the wide margin of the sheet, left of the picture that leads to the check page.
IN_MARGIN = (30 * MM, 2 * MM, 30 * MM + 50 * MM, 2 * MM + 50 * MM * HEIGHT / WIDTH)


def place_of_mark(content: bytes, name: str) -> tuple[int, tuple[int, int, int, int]]:
    """(index of the page, (left, bottom, right, top)) for the mark in a PDF that was signed by the name.

    The room beside the name is taken where the paper has left it empty; it does so since its organization has a
    certificate.
    """
    with opened_pdf(content) as document:
        for number in range(len(document) if name else 0):
            if box := _room_beside(document[number], name):
                return number, _whole(box)
        return 0, _whole(IN_MARGIN)


def _room_beside(page, name):
    text = page.get_textpage()
    words, name = (" ".join(each.split("\xa0")) for each in (text.get_text_range(), name))
    at = words.find(name)
    while at >= 0:
        left, bottom, _right, _top = text.get_charbox(at)
        box = (left - GAP - WIDTH, bottom - GAP, left - GAP, bottom - GAP + HEIGHT)
        if box[0] > 0 and not text.get_text_bounded(*box).strip():
            return box
        at = words.find(name, at + 1)
    return None


def _whole(box):
    left, bottom, right, top = box
    return math.floor(left), math.floor(bottom), math.ceil(right), math.ceil(top)
