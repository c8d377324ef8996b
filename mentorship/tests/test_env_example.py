import re
from itertools import pairwise
from pathlib import Path

from django.conf import settings


def test_env_example_lists_what_settings_read():
    source = Path(settings.BASE_DIR, "mentorship/settings.py").read_text()
    example = Path(settings.BASE_DIR, ".env.example").read_text()

    read = set(re.findall(r'\benv\.\w+(?:\(\s*|, )"([A-Z_]+)"', source))
    listed = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)

    assert sorted(listed) == sorted(read)


def test_env_example_explains_each_setting():
    lines = Path(settings.BASE_DIR, ".env.example").read_text().splitlines()

    unexplained = [
        line
        for before, line in pairwise(lines)
        if re.match(r"#?[A-Z_]+=", line) and not re.match(r"# [A-Za-z]", before)
    ]

    assert unexplained == []
