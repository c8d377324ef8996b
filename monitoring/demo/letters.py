"""Papers beside the orders: addenda to labour contracts, thanks and certificates; a signed agreement that came back."""

import io
from datetime import timedelta

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from documents.letter_contents import Subject
from documents.letter_kinds import ADDENDUM, CERTIFICATE, LETTER_KINDS, THANKS
from documents.letter_texts import typed_at_first
from documents.letters import make_letter, needs_addendum
from documents.models import Letter, Order, Paper
from documents.signed_scans import bring_pile
from mentorship.jobs import run_job
from monitoring.demo.days import DemoDays, previous_workday
from monitoring.demo.happenings import happening
from monitoring.demo.people import Staff
from programs.models import Pair

THANKED = 3
SCANNED_AT = 110  # dots per inch, as an office scanner is set; the code is read from it


def make_addenda(staff: Staff, pairs: list[Pair], days: DemoDays) -> None:
    """An addendum to the labour contract of each employed mentor, before the order; the last one was forgotten."""
    employed = [pair for pair in pairs if needs_addendum(pair)]
    for place, pair in enumerate(employed[:-1], 1):
        day = max(pair.program.starts_on, previous_workday(pair.started_on))
        with happening(days.moment(day, 10), by=staff.curator, now=days.now):
            contract_on = day.replace(year=pair.mentor.works_since, day=1)
            _make(
                ADDENDUM,
                Subject(staff.organization, program=pair.program, pair=pair),
                by=staff.curator,
                dated_on=day,
                starts_on=pair.started_on,
                ends_on=pair.planned_to,
                contract_number=f"{place}/{pair.mentor.works_since % 100:02}",
                contract_on=contract_on,
            )


def thank(staff: Staff, pairs: list[Pair], days: DemoDays) -> None:
    """Letters of thanks to mentors of last year, certificates to those whom they have helped."""
    day = min(days.today, days.end_of(days.last_year) - timedelta(days=2))
    with happening(days.moment(day, 14), by=staff.curator, now=days.now):
        for pair in pairs[:THANKED]:
            for kind, person in ((THANKS, pair.mentor), (CERTIFICATE, pair.mentees[0])):
                subject = Subject(staff.organization, program=pair.program, person=person)
                _make(kind, subject, by=staff.curator, dated_on=day)


def bring_signed_agreement(order: Order) -> None:
    """The agreement of the first pair of the order, printed, signed, scanned and brought; the worker's job is done here."""
    agreement = order.agreements.select_related("paper").order_by("pk").first()
    with agreement.paper.pdf.open("rb") as file:
        scan = SimpleUploadedFile("скан соглашений.pdf", _scanned(file.read()), "application/pdf")
    with transaction.atomic():
        pile = bring_pile(order.organization, [scan], by=order.created_by)
        transaction.get_connection().run_on_commit.clear()
    run_job(pile.job_id)


def opened_first(organization) -> list[Paper]:
    """The latest letter of thanks."""
    return list(Paper.objects.filter(organization=organization, kind=THANKS).order_by("-pk")[:1])


def _make(key: str, subject: Subject, *, by, **typed) -> Letter:
    kind = LETTER_KINDS[key]
    values = {field.name: field.usual for field in kind.fields} | typed_at_first(subject.organization, kind)
    return make_letter(kind, subject, values | typed, by=by)


def _scanned(pdf: bytes) -> bytes:
    """The sheets as a scanner gives them, with a stroke of ink where the parties sign."""
    document = pypdfium2.PdfDocument(pdf)
    sheets = [page.render(scale=SCANNED_AT / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    for sheet in (sheets[len(sheets) // 2 - 1], sheets[-1]):  # the last one of either copy
        _sign(sheet)
    turned = [sheet.rotate(0.6, fillcolor=250, resample=Image.Resampling.BILINEAR) for sheet in sheets]
    out = io.BytesIO()
    turned[0].save(out, "PDF", save_all=True, append_images=turned[1:], resolution=SCANNED_AT, quality=60)
    return out.getvalue()


def _sign(sheet: Image.Image) -> None:
    draw, (width, height) = ImageDraw.Draw(sheet), sheet.size
    for left in (0.12, 0.58):
        x, y = width * left, height * 0.6
        strokes = [(0, 0), (18, -22), (26, 12), (40, -14), (52, 8), (70, -6), (110, -10)]
        draw.line([(x + right, y + down) for right, down in strokes], fill=60, width=2, joint="curve")
