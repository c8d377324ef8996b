"""What becomes of papers when two files of one person are joined and both stand in one list.

Rows of one list cannot name a person twice: here each list says what stays of the two (participants/merging.py).
"""

from documents.models import BatchItem, Familiarization, OrderPerson, PrintedConsent
from participants.merging import register_clash

READING = ("read_on", "way", "recorded_at", "recorded_by", "address")


def register_clashes():
    """Called once, when the app starts."""
    register_clash(OrderPerson, join_places)
    register_clash(Familiarization, join_familiarizations)
    register_clash(PrintedConsent, join_printed_consents)
    register_clash(BatchItem, join_batch_items)


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
