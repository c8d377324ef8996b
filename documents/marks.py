"""The mark of a filed paper: a QR code at the foot of its first sheet (ГОСТ Р 7.0.97-2025, requisite 31)."""

from typing import TypedDict

import segno

from documents.paper_codes import CONSENT_PREFIX


class Mark(TypedDict):
    """What the templates print: a picture as a `data:` address, the address it holds, the code of the paper."""

    picture: str
    address: str
    code: str


def mark_of(paper):
    """The mark that leads to the check page of a filed Paper."""
    address = paper.check_address
    # 15 % of the picture may be lost to a stamp or a fold and it is still read.
    picture = segno.make(address, error="m", micro=False).svg_data_uri(border=2, encode_minimal=True)
    return Mark(picture=picture, address=address.partition("://")[2], code=paper.code)


def consent_mark(code):
    """The mark of a printed form of consent: by it the signed sheet is known when it comes back in a pile of scans.

    It leads to no page: who has such a code learns nothing from the portal.
    """
    picture = segno.make(f"{CONSENT_PREFIX}{code}", error="m", micro=False).svg_data_uri(border=2, encode_minimal=True)
    return Mark(picture=picture, address="", code=code)
