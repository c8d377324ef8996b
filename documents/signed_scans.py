"""Signed papers come back in a pile: one PDF of many sheets, or photos; the worker finds which paper each sheet is of.

A sheet with a code begins a paper, those after it without one belong to it, as many as the paper has; both copies of an
agreement bear the same code and are kept together. What no code names lies in the tray until a curator says what it is.
A consent printed by the portal is found by its code too, but the day on which it was signed only a person can read.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.integrity import DamagedFileError, read_frozen
from documents.models import Paper, PileFile, PrintedConsent, ScanPile, SignedCopy, TrayItem
from documents.sheet_codes import as_pdf, cut_off, longest_copy, picture_of, runs_of, sheet_count, sheets_of, turned
from mentorship.jobs import Outcome, start_job
from mentorship.pdf import sha256_of
from mentorship.permissions import require
from participants.consent_filing import keep_scan
from participants.consents import give_consent
from participants.models import Consent
from participants.scans import MOST_PAGES, check_scan, kind_of

PILE_JOB = "documents.read_pile"
MOST_FILES = 100
MOST_BYTES = 100 * 1024 * 1024


# --- bringing ---------------------------------------------------------------------------------------------------------
def bring_pile(organization, uploads, *, by):
    """Keep uploaded scans as a pile and hand it to the worker. Returns the ScanPile.

    Raises ValidationError for too many or too large files, one that is no PDF, JPEG or PNG inside, and for a pile that
    was brought before: the same files in any order.
    """
    require(by, "documents.keep_scans", organization)
    if len(uploads) > MOST_FILES:
        raise ValidationError(_("More than %s files at once are too many: bring them in parts.") % MOST_FILES)
    if sum(upload.size for upload in uploads) > MOST_BYTES:
        raise ValidationError(
            _("The files are larger than %s together: bring them in parts.") % filesizeformat(MOST_BYTES)
        )
    files = [check_scan(upload, most_bytes=MOST_BYTES) for upload in uploads]
    hashes = [sha256_of(file.read()) for file in files]
    sha256 = hashlib.sha256("".join(sorted(set(hashes))).encode()).hexdigest()
    if same := ScanPile.objects.filter(organization=organization, sha256=sha256).first():
        raise _brought_before(same)
    try:
        with transaction.atomic():
            names = "\n".join(upload.name[:200] for upload in uploads)
            pile = ScanPile.objects.create(organization=organization, sha256=sha256, names=names, made_by=by)
            for number, file in enumerate(files):
                if hashes[number] not in hashes[:number]:
                    kept = PileFile(pile=pile)
                    kept.file.save(f"pile-{pile.pk}-{number}-{file.name}", file)
            pile.job = start_job(
                PILE_JOB,
                title=_("Signed papers are read"),
                organization=organization,
                by=by,
                arguments={"pile": pile.pk},
                url=pile.get_absolute_url(),
            )
            pile.save(update_fields=["job"])
    except IntegrityError as error:  # the button was pressed twice
        raise _brought_before(ScanPile.objects.get(organization=organization, sha256=sha256)) from error
    return pile


def _brought_before(pile):
    day = date_format(timezone.localtime(pile.made_at), "SHORT_DATETIME_FORMAT")
    return ValidationError(
        _("These very files were brought on %(day)s: nothing was read again."), code="same", params={"day": day}
    )


# --- reading ----------------------------------------------------------------------------------------------------------
def read_pile(progress, pile):
    """The work of the job: the pile with the key `pile` is split into papers; done twice, it is done once."""
    pile = ScanPile.objects.filter(pk=pile, read_at=None).first()
    if pile is None:
        return None
    files = [_content_of(each) for each in pile.files.all()]
    total = sum(sheet_count(*file) for file in files)
    if total > MOST_PAGES:
        raise ValidationError(
            _("The pile has %(count)s sheets; at most %(most)s are read at once."),
            params={"count": total, "most": MOST_PAGES},
        )
    progress.phase(_("The sheets are read"), total)
    sheets = []
    for number, file in enumerate(files):
        for sheet in sheets_of(number, *file):
            sheets.append(sheet)
            progress.advance()
    progress.phase(_("The papers are put to their places"))
    copies, tray = _sorted_out(pile, files, runs_of(sheets))
    return _write(pile, copies, tray, sheet_count=len(sheets))


def _content_of(kept):
    with kept.file.open("rb") as file:
        content = file.read()
    return kind_of(content), content


def _sorted_out(pile, files, runs):
    """([(paper, content, sheet count)], [TrayItem with its files' contents]) of a pile; nothing is written."""
    codes = {run.code for run in runs}
    papers = {each.code: each for each in Paper.objects.filter(organization=pile.organization_id, code__in=codes)}
    consents = PrintedConsent.objects.filter(person__organization=pile.organization_id, code__in=codes)
    consents = {each.code: each for each in consents}
    copies, tray = [], []
    for run in _joined(_of_their_length(runs, papers)):
        paper, consent = papers.get(run.code), consents.get(run.code)
        if paper and not paper.destroyed_on:
            copies.append((paper, as_pdf(files, list(run.sheets)), len(run.sheets)))
            continue
        why = TrayItem.Why.UNKNOWN if run.code else TrayItem.Why.UNREAD
        why = TrayItem.Why.DESTROYED if paper else TrayItem.Why.CONSENT if consent else why
        item = TrayItem(
            pile=pile,
            why=why,
            code=run.code,
            first_sheet=run.first + 1,
            page_count=len(run.sheets),
            consent=consent,
        )
        content = as_pdf(files, list(run.sheets))
        tray.append((item, content, picture_of(content)))
    return copies, tray


def _of_their_length(runs, papers):
    """The runs, none longer than a copy of its paper: what stands behind that is nobody knows of what."""
    lengths = {code: _length_of(paper) for code, paper in papers.items()}
    return [part for run in runs for part in (cut_off(run, lengths[run.code]) if run.code in lengths else [run])]


def _length_of(paper):
    try:
        return longest_copy(read_frozen(paper), paper.code) if paper.pdf else MOST_PAGES
    except DamagedFileError:
        return MOST_PAGES


def _joined(runs):
    """The runs with those of one code made one, in the order of their first sheets: copies of a paper bear one code."""
    joined = {}
    for run in runs:
        key = run.code or run.first
        joined[key] = joined[key]._replace(sheets=joined[key].sheets + run.sheets) if key in joined else run
    return list(joined.values())


@transaction.atomic
def _write(pile, copies, tray, *, sheet_count):
    if not ScanPile.objects.filter(pk=pile.pk, read_at=None).update(read_at=timezone.now(), sheet_count=sheet_count):
        return None
    for paper, content, count in copies:
        _keep_copy(paper, content, count, pile=pile, by=pile.made_by)
    for item, content, picture in tray:
        item.file.save(f"tray-{pile.pk}-{item.first_sheet}.pdf", ContentFile(content), save=False)
        item.picture.save(f"tray-{pile.pk}-{item.first_sheet}.jpg", ContentFile(picture), save=False)
        item.save()
    _drop_uploads(pile)
    said = ngettext("%s signed paper is filed.", "%s signed papers are filed.", len(copies)) % len(copies)
    if tray:
        waiting = ngettext("%s lies in the tray.", "%s lie in the tray.", len(tray)) % len(tray)
        said = f"{said} {waiting}"
    return Outcome(said, pile.get_absolute_url())


def give_up_pile(pile):
    """A pile whose reading was stopped or has failed is forgotten: it may be brought again."""
    for left in ScanPile.objects.filter(pk=pile, read_at=None):
        _drop_uploads(left)
        left.delete()


def _drop_uploads(pile):
    for kept in pile.files.all():
        _delete_on_commit(kept.file)
    pile.files.all().delete()


def _keep_copy(paper, content, page_count, *, pile, by):
    """File a signed copy, unless the very same one is there."""
    sha256 = sha256_of(content)
    if SignedCopy.objects.filter(paper=paper, sha256=sha256).exists():
        return
    copy = SignedCopy(paper=paper, pile=pile, sha256=sha256, page_count=page_count, kept_by=by)
    copy.file.save(f"signed-{paper.pk}.pdf", ContentFile(content), save=False)
    copy.save()


# --- the tray ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def put_to_paper(item, paper, *, by):
    """Say that the sheets of a TrayItem are the signed copy of a Paper of the same organization."""
    item = _locked(item, by)
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.organization_id != item.pile.organization_id or paper.destroyed_on:
        raise ValidationError(_("This paper takes no signed copies."))
    _keep_copy(paper, _content(item), item.page_count, pile=item.pile, by=by)
    _take_out(item)
    return paper


@transaction.atomic
def confirm_consent(item, *, signed_on, representative_name="", by):
    """File the sheets as the scan of the consent that was signed on the day. Returns the Consent.

    Raises ValidationError as `give_consent` does, and for a consent of that day which has its scan.
    """
    item = _locked(item, by)
    printed = item.consent
    if printed is None:
        raise ValidationError(_("These sheets are no consent that the portal has printed."))
    person, kind = printed.person, printed.text.kind
    require(by, "participants.manage_consents", person)
    scan = ContentFile(_content(item), name="scan.pdf")
    entered = person.consents.filter(kind=kind, status=Consent.Status.GIVEN, given_on=signed_on, scan="")
    if same := entered.filter(way=Consent.Way.PAPER).first():
        consent = keep_scan(same, scan, by=by)
    else:
        consent = give_consent(
            person,
            kind,
            by=by,
            given_on=signed_on,
            given_by=printed.given_by,
            representative_name=representative_name,
            text=printed.text,
            scan=scan,
        )
    _take_out(item)
    return consent


@transaction.atomic
def turn(item, *, degrees, by):
    """Turn the sheets clockwise by 90, 180 or 270 degrees."""
    item = _locked(item, by)
    old = item.file, item.picture
    content = turned(_content(item), degrees)
    names = [f"tray-{item.pile_id}-{item.first_sheet}.{suffix}" for suffix in ("pdf", "jpg")]
    item.file, item.picture = None, None
    item.file.save(names[0], ContentFile(content), save=False)
    item.picture.save(names[1], ContentFile(picture_of(content)), save=False)
    item.save(update_fields=["file", "picture"])
    for file in old:
        _delete_on_commit(file)


@transaction.atomic
def throw_away(item, *, by):
    """Delete sheets that are of no use: a cover, an empty side, somebody else's paper."""
    _take_out(_locked(item, by))


def _locked(item, by):
    """The item while nobody else has put it anywhere."""
    require(by, "documents.keep_scans", item)
    found = TrayItem.objects.select_for_update(of=("self",)).select_related("pile", "consent__person", "consent__text")
    locked = found.filter(pk=item.pk).first()
    if locked is None:
        raise ValidationError(_("These sheets are in the tray no longer: somebody has put them to their place."))
    return locked


def _content(item):
    try:
        with item.file.open("rb") as file:
            return file.read()
    except OSError as error:
        raise ValidationError(_("The scan is missing on the disk: bring the sheets again.")) from error


def _take_out(item):
    _delete_on_commit(item.file)
    _delete_on_commit(item.picture)
    item.delete()


def _delete_on_commit(file):
    """A file goes once no row names it for good."""
    storage, name = file.storage, file.name
    transaction.on_commit(lambda: storage.delete(name))


# --- printed consents -------------------------------------------------------------------------------------------------
def codes_for(sheets):
    """The codes that are printed on sheets of documents/consent_papers.py, "" for one of nobody in particular.

    The same form printed again for the same person bears the same code.
    """
    wanted = {_key(sheet) for sheet in sheets if sheet.person.pk}
    rows = [PrintedConsent(person_id=person, text_id=text, given_by=giver) for person, text, giver in sorted(wanted)]
    PrintedConsent.objects.bulk_create(rows, ignore_conflicts=True)
    people = {person for person, _text, _giver in wanted}
    kept = PrintedConsent.objects.filter(person__in=people, is_of_joined_file=False)
    codes = {(each.person_id, each.text_id, each.given_by): each.code for each in kept}
    return [codes.get(_key(sheet), "") for sheet in sheets]


def forget_printed_consents(person):
    """Take what was printed for a person out of the portal, with the scans of it that still lie in the tray."""
    for item in TrayItem.objects.filter(consent__person=person):
        _take_out(item)
    PrintedConsent.objects.filter(person=person).delete()


def _key(sheet):
    return sheet.person.pk, sheet.text.pk, sheet.given_by
