"""Frozen files are given out only as they were frozen: the bytes must have the SHA-256 that was kept with them."""

import logging

from mentorship.pdf import sha256_of

logger = logging.getLogger(__name__)


class DamagedFileError(Exception):
    """The file of an approved paper is missing or is not the one that was filed."""


def read_frozen(paper):
    """The bytes of an order's or agreement's file; `paper.pdf` must be there. Raises DamagedFileError, and logs it."""
    try:
        with paper.pdf.open("rb") as file:
            content = file.read()
    except OSError as error:
        logger.exception("The file of %s %s cannot be read: %s", paper._meta.model_name, paper.pk, paper.pdf.name)
        raise DamagedFileError from error
    if sha256_of(content) != paper.pdf_sha256:
        logger.error("The file of %s %s is not the one that was filed: %s", paper._meta.model_name, paper.pk, paper.pdf)
        raise DamagedFileError
    return content
