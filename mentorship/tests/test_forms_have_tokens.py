"""A form within a part of a page that is included with `only` has its token only where it is given one."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ONLY = re.compile(r'\{% include "(?P<part>[^"]+)"(?P<values>[^%]*?)\bonly %\}')


def includes():
    for page in sorted(TEMPLATES.rglob("*.html")):
        for match in ONLY.finditer(page.read_text()):
            part = TEMPLATES / match["part"]
            if part.exists() and "{% csrf_token %}" in part.read_text():
                yield pytest.param(match["values"], id=f"{page.relative_to(TEMPLATES)}:{match['part']}")


@pytest.mark.parametrize("values", includes())
def test_part_with_a_form_is_given_the_token(values):
    assert "csrf_token=csrf_token" in values or "may_edit=False" in values
