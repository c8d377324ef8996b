"""What becomes of papers when two files of one person are joined and both stand in one list.

Rows of one list cannot name a person twice: here each list says what stays of the two (participants/merging.py).
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.letter_kinds import LETTER_KINDS
from documents.letter_values import with_key_of
from documents.models import BatchItem, Familiarization, OrderPerson, PaperBatch, PrintedConsent
from documents.paper_kinds import paper_kind
from participants.merging import JoinedLine, register_clash, register_merge_follower, register_merge_lines

READING = ("read_on", "way", "recorded_at", "recorded_by", "address")


def register_clashes():
    """Called once, when the app starts."""
    register_clash(OrderPerson, join_places)
    register_clash(Familiarization, join_familiarizations)
    register_clash(PrintedConsent, join_printed_consents)
    register_clash(BatchItem, join_batch_items)
    register_merge_lines(lines_of_lists)
    register_merge_follower(follow_in_batches)


def join_places(row, kept):
    """One place in an order is left, with the words of both; what an approved order prints is frozen and stays."""
    place = OrderPerson.objects.get(order=row.order_id, person=kept, role=row.role)
    row.delete()
    if row.words and row.words not in place.words:
        longest = OrderPerson._meta.get_field("words").max_length
        place.words = "; ".join(filter(None, [place.words, row.words]))[:longest]
        place.save(update_fields=["words"])


def join_familiarizations(row, kept):
    """Whoever has read the order under one of the names has read it: the earlier reading stays."""
    line = Familiarization.objects.get(order=row.order_id, person=kept)
    row.delete()
    if row.read_on and (line.read_on is None or row.read_on < line.read_on):
        for name in READING:
            setattr(line, name, getattr(row, name))
        line.save(update_fields=READING)


def join_printed_consents(row, kept):
    """Both codes are on paper already: the second goes on leading to the person, and is printed no more."""
    row.person, row.is_of_joined_file = kept, True
    row.save(update_fields=["person", "is_of_joined_file"])


def join_batch_items(row, kept):
    """A paper that is not made yet is made once; of two that were made both stay in the batch."""
    item = BatchItem.objects.get(batch=row.batch_id, pair=row.pair_id, person=kept)
    if row.paper_id is None:
        row.delete()
    elif item.paper_id is None:
        item.delete()
        row.person = kept
        row.save(update_fields=["person"])
    else:
        row.outside, row.person, row.pair = row.person.full_name, None, None
        row.save(update_fields=["outside", "person", "pair"])


def follow_in_batches(kept, former_key):
    """A batch that waits still knows by keys whom its papers name: the key of the joined file would be nobody's."""
    waiting = BatchItem.objects.filter(paper=None, refusal="").values("batch")
    for batch in PaperBatch.objects.filter(pk__in=waiting, organization=kept.organization_id, kind__in=LETTER_KINDS):
        values = with_key_of(LETTER_KINDS[batch.kind], batch.values, former_key, kept.pk)
        if values != batch.values:
            batch.values = values
            batch.save(update_fields=["values"])


# --- what the preview says of it --------------------------------------------------------------------------------------
def lines_of_lists(kept, dropped):
    """[JoinedLine] of the lists in which both files stand: places in orders, familiarization, batches of papers."""
    return [
        *(
            JoinedLine(str(ours.order), _("Place in the order"), ours.words, theirs.words, _one_place(ours, theirs))
            for ours, theirs in _doubled(OrderPerson, kept, dropped, ("order_id", "role"), "order")
        ),
        *(
            JoinedLine(str(ours.order), _("Familiarization"), _day(ours), _day(theirs), _reading(ours, theirs))
            for ours, theirs in _doubled(Familiarization, kept, dropped, ("order_id",), "order")
        ),
        *(
            JoinedLine(_batch(ours), _("Paper of the batch"), _state(ours), _state(theirs), _papers(ours, theirs))
            for ours, theirs in _doubled(BatchItem, kept, dropped, ("batch_id", "pair_id"), "batch", "paper")
        ),
    ]


def _doubled(model, kept, dropped, names, *related):
    """[(row of the kept file, row of the other)] of rows that have the same values of the fields."""
    rows = {}
    for row in model.objects.filter(person__in=[kept, dropped]).select_related(*related).order_by("pk"):
        rows.setdefault(tuple(getattr(row, name) for name in names), {})[row.person_id] = row
    return [(both[kept.pk], both[dropped.pk]) for both in rows.values() if len(both) == 2]


def _one_place(ours, theirs):
    return _("the words of both") if theirs.words and theirs.words not in ours.words else _("one place is left")


def _day(row):
    return date_format(row.read_on, "SHORT_DATE_FORMAT") if row.read_on else _("has not read it yet")


def _reading(ours, theirs):
    days = [row.read_on for row in (ours, theirs) if row.read_on]
    if not days:
        return _("one line is left")
    return _("the earlier reading, %(day)s") % {"day": date_format(min(days), "SHORT_DATE_FORMAT")}


def _batch(item):
    return f"{paper_kind(item.batch.kind).name}, {date_format(item.batch.made_at, 'SHORT_DATE_FORMAT')}"


def _state(item):
    return str(item.paper) if item.paper_id else item.refusal or _("is not made yet")


def _papers(ours, theirs):
    return _("both papers stay") if ours.paper_id and theirs.paper_id else _("one paper is made")
