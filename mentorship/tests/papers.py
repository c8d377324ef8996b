"""What stands on a printed paper."""

import subprocess


def pdf_text(content: bytes) -> str:
    """The words of a PDF in reading order, blanks made one."""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
