"""Filed papers signed by the certificate of the organization: the mark, the signature, what the pages say of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.electronic_signatures import keep_certificate, sign_paper, state_of_signature
from documents.models import ElectronicSignature, SigningCertificate
from documents.places_of_marks import place_of_mark
from documents.tests.factories import make_filed_order, make_order
from mentorship.pdf import pdf_from_html, sha256_of
from participants.tests.factories import make_curator, make_head, make_organization
from programs.tests.factories import make_program

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Attribute's length")]
PASSWORD = "ключ от сейфа"
OWNER = "МОУ «Средняя школа № 1 имени Героя Советского Союза И.И. Иванова г. Кедровска»"


def make_certificate(*, days=365, begins=-1):
    """A PKCS#12 file with a key, as certification centres give them out, and the number of its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, OWNER, _validate=False)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0x1F2E3D)
        .not_valid_before(today + timedelta(days=begins))
        .not_valid_after(today + timedelta(days=begins + days))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"school", key, certificate, None, locked)


@pytest.fixture(scope="module")
def file():
    return make_certificate()


@pytest.fixture
def head(file):
    head = make_head(make_organization())
    keep_certificate(head.people.get().organization, file, PASSWORD, by=head)
    return head


@pytest.fixture
def paper(head):
    """An order of the head, filed since the organization has its certificate."""
    organization = head.people.get().organization
    return make_filed_order(program=make_program(organization=organization)).paper


def refusal(act, *args, **kwargs):
    with pytest.raises(ValidationError) as error:
        act(*args, **kwargs)
    return error.value


# --- the certificate --------------------------------------------------------------------------------------------------
def test_the_kept_certificate_is_locked_and_its_password_is_nowhere(head, file):
    kept = SigningCertificate.objects.get()

    assert (kept.number, kept.owner) == ("1F2E3D", OWNER)
    assert file not in bytes(kept.locked_file)
    assert b"PRIVATE" not in bytes(kept.locked_file)


@pytest.mark.parametrize("given", ["password", "content", "over", "early"])
def test_what_is_no_certificate_in_force_is_refused(head, file, given):
    terms = {"over": {"begins": -10, "days": 5}, "early": {"begins": 2}}
    content = make_certificate(**terms[given]) if given in terms else file
    content = b"no certificate" if given == "content" else content
    password = "другой" if given == "password" else PASSWORD

    assert refusal(keep_certificate, head.people.get().organization, content, password, by=head)


def test_the_head_alone_keeps_a_certificate_and_signs(paper, file):
    curator = make_curator(paper.organization)

    with pytest.raises(PermissionDenied):
        keep_certificate(paper.organization, file, PASSWORD, by=curator)
    with pytest.raises(PermissionDenied):
        sign_paper(paper, PASSWORD, by=curator)


# --- signing ----------------------------------------------------------------------------------------------------------
def test_the_signed_file_bears_the_mark_and_an_intact_signature_and_the_filed_one_stays(paper, head, pdf_text):
    with paper.pdf.open() as stored:
        filed = stored.read()

    signature = sign_paper(paper, PASSWORD, by=head)

    with signature.file.open() as stored:
        signed = stored.read()
    words = pdf_text(signed)
    state = state_of_signature(signed)
    paper.refresh_from_db()
    assert signed.startswith(filed)
    assert (sha256_of(filed), sha256_of(signed)) == (paper.pdf_sha256, signature.sha256)
    assert "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ Сертификат 1F2E3D Владелец МОУ" in words
    assert (state.is_intact, state.was_in_term, state.number) == (True, True, "1F2E3D")


def test_the_mark_stands_in_the_room_that_the_paper_has_left_beside_the_name(paper):
    content = paper.pdf.open().read()

    number, box = place_of_mark(content, paper.content["signature"]["name"])

    text = pypdfium2.PdfDocument(content)[number].get_textpage()
    name = paper.content["signature"]["name"].replace("\xa0", " ")
    left, bottom, _right, top = text.get_charbox(text.get_text_range().replace("\xa0", " ").index(name))
    assert text.get_text_bounded(*box).strip() == ""
    assert box[2] < left
    assert box[1] < bottom < top < box[3]


def test_the_mark_stands_in_the_margin_of_a_paper_without_room():
    content = pdf_from_html("<p>Текст во всю строку, и никакого места для отметки перед именем: О.Ю. Сергеев</p>")

    assert place_of_mark(content, "О.Ю. Сергеев") == place_of_mark(content, "") == (0, (85, 5, 227, 53))


def test_a_changed_byte_breaks_the_signature(paper, head):
    signed = sign_paper(paper, PASSWORD, by=head).file.open().read()
    place = len(signed) // 3

    changed = state_of_signature(signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :])
    added = state_of_signature(signed + b"\n% more\n")

    assert changed is None or not changed.is_intact
    assert added is None or not added.is_intact
    assert state_of_signature(b"not a PDF") is None
    assert state_of_signature(b"%PDF-1.7 /ByteRange") is None


def test_a_signature_is_looked_at_where_an_event_loop_runs(paper, head):
    signed = sign_paper(paper, PASSWORD, by=head).file.open().read()

    async def look():
        return state_of_signature(signed)

    with ThreadPoolExecutor(1) as thread:  # the browser of another test may have left its loop in this one
        assert thread.submit(asyncio.run, look()).result().is_intact


def test_a_paper_is_signed_once_with_the_right_password_and_in_the_term(paper, head):
    assert "password" in refusal(sign_paper, paper, "другой", by=head).message_dict
    sign_paper(paper, PASSWORD, by=head)
    assert refusal(sign_paper, paper, PASSWORD, by=head)
    ElectronicSignature.objects.all().delete()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=400)):
        assert refusal(sign_paper, paper, PASSWORD, by=head)


def test_a_paper_without_a_file_or_a_certificate_is_not_signed(head):
    order = make_order(program=make_program(organization=head.people.get().organization), status="approved")
    assert refusal(sign_paper, order.paper, PASSWORD, by=head)

    SigningCertificate.objects.all().delete()
    other = make_filed_order(program=order.program)
    assert refusal(sign_paper, other.paper, PASSWORD, by=head)


# --- the pages --------------------------------------------------------------------------------------------------------
def test_the_head_uploads_signs_and_anybody_checks(client, file):
    head = make_head(make_organization())
    organization = head.people.get().organization
    paper = make_filed_order(program=make_program(organization=organization)).paper
    client.force_login(head)
    sign, certificate = reverse("documents:paper-sign", args=[paper.pk]), reverse("documents:certificate")
    assert certificate in client.get(sign).content.decode()

    upload = {"file": SimpleUploadedFile("school.p12", file), "password": PASSWORD}
    assert client.post(certificate, upload).status_code == 302
    assert client.post(sign, {"password": "другой"}).status_code == 422
    assert client.post(sign, {"password": PASSWORD}).status_code == 302
    assert "notice--success" in client.get(sign).content.decode()
    assert sign in client.get(paper.get_absolute_url()).content.decode()
    signed = client.get(reverse("documents:paper-signed-file", args=[paper.pk])).content
    client.logout()

    check = reverse("paper-check", args=[paper.code])
    page = client.get(check).content.decode()
    answer = client.post(check, {"file": SimpleUploadedFile("a.pdf", signed)})
    changed = client.post(check, {"file": SimpleUploadedFile("a.pdf", signed.replace(b"/Type", b"/Typo", 1))})
    assert "1F2E3D" in page
    assert OWNER[:20] not in page  # who owns a certificate may be a person
    assert (answer.context["is_equal"], answer.context["signed"].is_intact) == (True, True)
    assert changed.context["is_equal"] is False
    words = changed.content.decode()
    assert words.index("notice--error") < words.index("notice--success")  # the answer before what is known of the paper
    assert changed.context["signed"] is None or not changed.context["signed"].is_intact


def test_who_sees_the_paper_sees_its_signature_and_nobody_else_does(client, paper, head):
    sign_paper(paper, PASSWORD, by=head)
    addresses = [reverse(f"documents:{name}", args=[paper.pk]) for name in ("paper-sign", "paper-signed-file")]
    client.force_login(make_curator(paper.organization))
    own = [client.get(address).status_code for address in addresses]
    certificate = client.get(reverse("documents:certificate")).status_code
    client.force_login(make_curator())
    strange = [client.get(address).status_code for address in addresses]

    assert (own, certificate, strange) == ([200, 200], 403, [404, 404])


def test_the_head_deletes_the_certificate_and_what_was_signed_stays(client, paper, head):
    sign_paper(paper, PASSWORD, by=head)
    client.force_login(head)

    client.post(reverse("documents:certificate-remove"))

    assert not SigningCertificate.objects.exists()
    assert ElectronicSignature.objects.get().signed_at <= timezone.now()
