"""Proofs that an activity was done. Papers of upper floors offer themselves: a floor registers what may be linked."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from participants.scans import check_scan
from roadmap.models import Proof

_sources = {}
OFFERED = 100


@dataclass(frozen=True)
class Source:
    """A kind of papers: `offer(roadmap, user)` gives the rows that the user may link, the likeliest first."""

    label: str
    model: type[models.Model]
    offer: Callable
    title: Callable = str


def register_source(name, source):
    """Called by a floor when it starts; `name` is a word for addresses."""
    _sources[name] = source


def offered_papers(roadmap, user):
    """[(label, [("order-56", "Приказ № 56-од")])] for a choice of the papers that the user may link."""
    groups = []
    for name, source in _sources.items():
        rows = list(source.offer(roadmap, user)[:OFFERED])
        if rows:
            groups.append((str(source.label), [(f"{name}-{row.pk}", source.title(row)) for row in rows]))
    return groups


def add_file(activity, upload, *, title, by):
    """A file as proof: PDF, JPEG or PNG by its content. Raises ValidationError for another."""
    scan = check_scan(upload)
    proof = Proof(activity=activity, kind=Proof.Kind.FILE, title=title or upload.name[:300], added_by=by)
    proof.file.save(f"{activity.pk}-{scan.name}", scan, save=False)
    proof.full_clean()
    proof.save()
    return proof


def add_link(activity, url, *, title, by):
    """An address as proof. Raises ValidationError where it is none (http and https alone)."""
    return _saved(Proof(activity=activity, kind=Proof.Kind.LINK, url=url, title=title or url[:300], added_by=by))


def add_note(activity, text, *, by):
    return _saved(Proof(activity=activity, kind=Proof.Kind.NOTE, title=text, added_by=by))


def add_paper(activity, choice, *, by):
    """A paper as `offered_papers` named it. Raises ValidationError for what is not offered to the user."""
    name, _dash, key = choice.rpartition("-")
    source = _sources.get(name)
    rows = (
        source.offer(activity.stage.roadmap, by).filter(pk=key) if source and key.isdecimal() and len(key) < 18 else ()
    )
    row = next(iter(rows), None)
    if row is None:
        raise ValidationError(_("Choose a paper from the list."))
    content_type = ContentType.objects.get_for_model(source.model)
    if activity.proofs.filter(content_type=content_type, object_id=row.pk).exists():
        raise ValidationError(_("This paper is linked already."))
    proof = Proof(activity=activity, kind=Proof.Kind.PAPER, title=source.title(row)[:300], added_by=by)
    proof.content_type, proof.object_id = content_type, row.pk
    return _saved(proof)


def _saved(proof):
    proof.full_clean()
    proof.save()
    return proof


def remove_proof(proof):
    """Take a proof away, with its file."""
    storage, name = proof.file.storage, proof.file.name
    proof.delete()
    if name:
        storage.delete(name)
