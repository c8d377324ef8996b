"""What tests of papers share."""

import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def pdf_text(tmp_path_factory):
    """`pdf_text(content)`: the words of a PDF with single spaces, as pdftotext reads them."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext on this machine: install poppler-utils")

    def read(content):
        path = tmp_path_factory.mktemp("pdf") / "paper.pdf"
        path.write_bytes(content)
        shown = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
        return " ".join(shown.stdout.decode().split())

    return read
