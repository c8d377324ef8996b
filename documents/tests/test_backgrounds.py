"""Pictures below certificates: what a sheet can carry, and no more."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.backgrounds import check_background
from documents.letter_contents import Subject, letter_content
from documents.letter_kinds import LETTER_KINDS
from documents.models import Blank
from documents.printing import paper_html
from documents.tests.test_batches import VALUES
from participants.tests.factories import make_curator, make_organization, make_person


def picture(width, height, form="PNG", mode="RGB"):
    content = io.BytesIO()
    Image.new(mode, (width, height), 128 if mode == "L" else (200, 220, 240, 90)[: len(mode)]).save(content, form)
    return SimpleUploadedFile("fon.png", content.getvalue())


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_a_large_picture_is_made_as_small_as_a_sheet_needs(mode):
    kept = check_background(picture(2480, 3508, mode=mode), layout="portrait")

    with Image.open(kept) as image:
        assert (image.format, max(image.size)) == ("JPEG", 1754)


@pytest.mark.parametrize(
    "upload",
    [
        picture(1754, 1240),
        picture(1500, 1500),
        picture(300, 424),
        SimpleUploadedFile("fon.png", b"<svg>"),
        SimpleUploadedFile("fon.png", b""),
    ],
)
def test_what_does_not_fit_a_sheet_is_refused(upload):
    with pytest.raises(ValidationError):
        check_background(upload, layout="portrait")


@pytest.mark.django_db
def test_a_certificate_is_printed_on_the_picture_that_was_there(client):
    organization = make_organization()
    client.force_login(make_curator(organization))
    client.post(
        reverse("documents:letter-background"), {"background_portrait": picture(1240, 1754), "has_seal_place": "on"}
    )
    subject = Subject(organization, person=make_person(organization=organization))
    blank = Blank.objects.get()
    assert blank.background_portrait
    content = letter_content(LETTER_KINDS["certificate"], subject, VALUES | {"has_background": True})
    client.post(
        reverse("documents:letter-background"), {"background_portrait": picture(1240, 1754), "has_seal_place": "on"}
    )

    assert "data:image/jpeg;base64" in paper_html("certificate", content)
    assert "data:image/jpeg;base64" not in paper_html("certificate", content | {"background": ""})
