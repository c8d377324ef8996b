"""Filed papers signed by the certificate of the organization: PAdES (ETSI EN 319 142) with the mark that
ГОСТ Р 7.0.97-2025 wants (п. 5.23).

The filed file stays as it is: the signed one is that file with the mark and the signature added behind its last byte.
Keys are RSA or elliptic curves in a PKCS#12 file. A qualified signature by ГОСТ Р 34.10-2012 needs a certified
cryptographic program on the head's own computer: the portal does not make it, and does not say that it does.
"""

import base64
import io
import logging
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.integrity import DamagedFileError, read_frozen
from documents.models import ElectronicSignature, Paper, SigningCertificate
from documents.places_of_marks import place_of_mark
from mentorship.pdf import render_pdf, sha256_of
from mentorship.permissions import require

logger = logging.getLogger(__name__)
FIELD = "ElectronicSignature"
MARK_STYLES = ("css/document.css", "css/signature_mark.css")


@dataclass(frozen=True)
class SignatureState:
    """What is found when a signed file is looked at."""

    is_intact: bool  # not a byte differs from what was signed, and the signature belongs to the certificate in it
    number: str = ""
    valid_till: datetime | None = None
    was_in_term: bool = False  # the certificate was valid on the day that the signature names


# --- the certificate --------------------------------------------------------------------------------------------------
@transaction.atomic
def keep_certificate(organization, content, password, *, by):
    """Keep a PKCS#12 file (bytes) for the organization, in place of an earlier one; the password opens it and is gone.

    Raises ValidationError for what is no such file, a wrong password, no key in it, a term that is over or
    has not begun.
    """
    require(by, "documents.sign_papers", organization)
    facts = facts_of(_signer(content, password))
    if facts["valid_till"] < timezone.now():
        raise ValidationError(_("The term of this certificate is over: ask for a new one."))
    if facts["valid_from"] > timezone.now():
        day = date_format(timezone.localtime(facts["valid_from"]), "SHORT_DATETIME_FORMAT")
        raise ValidationError(_("The term of this certificate begins on %(day)s: upload it then."), params={"day": day})
    values = facts | {"locked_file": _lock().encrypt(content), "kept_by": by, "kept_at": timezone.now()}
    return SigningCertificate.objects.update_or_create(organization=organization, defaults=values)[0]


def remove_certificate(certificate, *, by):
    """The portal keeps the key no longer; what was signed by it stays signed."""
    require(by, "documents.sign_papers", certificate.organization)
    certificate.delete()


def facts_of(signer):
    """Number, owner and term of a signer's certificate, as the mark prints them."""
    certificate = signer.signing_cert
    subject = certificate.subject.native
    owner = subject.get("common_name") or subject.get("organization_name") or certificate.subject.human_friendly
    term = certificate["tbs_certificate"]["validity"]
    return {
        "number": f"{certificate.serial_number:X}",
        "owner": str(owner)[:300],
        "valid_from": term["not_before"].native,
        "valid_till": term["not_after"].native,
    }


# --- signing ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def sign_paper(paper, password, *, by):
    """Sign the file of a filed paper by the certificate of its organization. Returns the ElectronicSignature.

    Only the head signs. Raises ValidationError where there is no certificate or no file, the password does not open
    the key, the term is over, or the paper is signed already.
    """
    require(by, "documents.sign_papers", paper.organization)
    paper = Paper.objects.select_for_update(of=("self",)).select_related("organization").get(pk=paper.pk)
    if ElectronicSignature.objects.filter(paper=paper).exists():
        raise ValidationError(_("The paper is signed already."))
    if not paper.pdf:
        raise ValidationError(_("The paper has no file: there is nothing to sign."))
    signer = _signer_of(paper.organization, password)
    facts, now = facts_of(signer), timezone.now()
    if not facts["valid_from"] <= now <= facts["valid_till"]:
        raise ValidationError(_("The certificate is not in its term today: it cannot be used."))
    try:
        content = signed_pdf(read_frozen(paper), signer, facts, paper.content)
    except DamagedFileError as error:
        raise ValidationError(_("The file of the paper is damaged: it is not signed.")) from error
    signature = ElectronicSignature(paper=paper, sha256=sha256_of(content), signed_by=by, signed_at=now, **facts)
    signature.file.save(f"{paper.kind}-{paper.pk}.pdf", ContentFile(content), save=False)
    signature.save()
    return signature


def signed_pdf(content, signer, facts, data):
    """The PDF with the visual mark and the PAdES signature of all its bytes; `data` is the content of the paper."""
    from pyhanko.pdf_utils import layout
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.stamp import StaticStampStyle

    page, box = place_of_mark(content, data.get("signature", {}).get("name", ""))
    in_the_middle = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        inner_content_scaling=layout.InnerScaling.STRETCH_TO_FIT,
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as mark:  # the library reads a mark from a file alone
        mark.write(render_pdf("documents/pdf/signature_mark.html", facts, stylesheets=MARK_STYLES))
        mark.flush()
        style = StaticStampStyle.from_pdf_file(mark.name, border_width=0, background_layout=in_the_middle)
        place = fields.SigFieldSpec(FIELD, on_page=page, box=box)
        signing = signers.PdfSigner(metadata, signer, stamp_style=style, new_field_spec=place)
        return _apart(signing.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(content))).getvalue()


def state_of_signature(content):
    """The SignatureState of a PDF file, or None where it is not signed or no PDF at all.

    Whether the issuer may be trusted is not asked: the portal compares the number with the one that it has kept.
    """
    if b"/ByteRange" not in content:
        return None
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        signed = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if not signed:
            return None
        found = signed[-1]
        context = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
        status = _apart(validate_pdf_signature, found, context)
    except Exception:  # anybody may give a file here, and a broken one breaks the library anywhere
        logger.info("A file with a signature could not be read.", exc_info=True)
        return None
    term = found.signer_cert["tbs_certificate"]["validity"]
    day, is_whole = status.signer_reported_dt, status.coverage.name == "ENTIRE_FILE"
    return SignatureState(
        is_intact=bool(status.intact and status.valid and is_whole),
        number=f"{found.signer_cert.serial_number:X}",
        valid_till=term["not_after"].native,
        was_in_term=bool(day and term["not_before"].native <= day <= term["not_after"].native),
    )


def _apart(work, *arguments):
    """The result of a work in a thread of its own: the library runs a loop of events, and a thread may have one already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *arguments).result()


# --- the key ----------------------------------------------------------------------------------------------------------
def _signer_of(organization, password):
    certificate = SigningCertificate.objects.filter(organization=organization).first()
    if certificate is None:
        raise ValidationError(_("The organization has no certificate in the portal."))
    try:
        content = _lock().decrypt(bytes(certificate.locked_file))
    except InvalidToken as error:
        raise ValidationError(
            _("The certificate cannot be opened: the secret of the portal was changed. Upload the certificate again.")
        ) from error
    return _signer(content, password)


def _signer(content, password):
    from pyhanko.sign import signers

    try:
        signer = signers.SimpleSigner.load_pkcs12_data(content, [], password.encode())
    except (ValueError, TypeError, NotImplementedError) as error:
        raise ValidationError(
            {"password": _("The file does not open: check the password, and that it is a PKCS#12 file (.p12, .pfx).")}
        ) from error
    if signer is None:
        raise ValidationError({"password": _("There is no certificate with its key in the file.")})
    return signer


def _lock():
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"documents.signing-certificate")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
