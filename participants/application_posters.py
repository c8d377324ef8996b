"""The public address of a page for applications: as a link, as a QR code, as a poster to hang up."""

import segno
from django.conf import settings
from django.utils.safestring import mark_safe

from mentorship.pdf import render_pdf


def public_address(call):
    """The whole address, for copying."""
    return f"{settings.PORTAL_URL}{call.get_absolute_url()}"


def qr_svg(call):
    """The QR code of the public address as SVG to be put into a page; legible when a fifth of it is covered."""
    code = segno.make(public_address(call), error="q", micro=False)
    return mark_safe(code.svg_inline(scale=4, border=2, omitsize=True))  # noqa: S308 – drawn by segno from our own address


def poster_pdf(call):
    """A sheet A4: what it is about, till when, the code and the address."""
    context = {
        "call": call,
        "organization": call.organization,
        "address": public_address(call),
        "qr": qr_svg(call),
    }
    return render_pdf(
        "participants/application_poster.html", context, stylesheets=["css/document.css", "css/application_poster.css"]
    )
