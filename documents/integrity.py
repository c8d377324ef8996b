"""Frozen files are given out only as they were frozen: the bytes must have the SHA-256 that was kept with them."""

import logging

from mentorship.pdf import sha256_of

logger = logging.getLogger(__name__)


class DamagedFileError(Exception):
    """The file of an approved paper is missing or is not the one that was filed."""


def read_frozen(paper):
    """The bytes of a filed Paper's file; `paper.pdf` must be there. Raises DamagedFileError, and logs it."""
    return read_file(paper.pdf, paper.pdf_sha256)


def read_file(file, sha256):
    """The bytes of a stored file that must have the SHA-256. Raises DamagedFileError, and logs it."""
    try:
        with file.open("rb") as stored:
            content = stored.read()
    except OSError as error:
        logger.exception("A kept file cannot be read: %s", file.name)
        raise DamagedFileError from error
    if sha256_of(content) != sha256:
        logger.error("A kept file is not the one that was filed: %s", file.name)
        raise DamagedFileError
    return content
