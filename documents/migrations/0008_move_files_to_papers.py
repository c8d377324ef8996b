from django.db import migrations


def words_in(content):
    """Every text of JSON data, for the search."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from words_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from words_in(value)


def move(apps, schema_editor):
    """What orders and agreements kept by themselves becomes their paper; the files stay where they lie."""
    papers = apps.get_model("documents", "Paper").objects
    orders = apps.get_model("documents", "Order").objects
    agreements = apps.get_model("documents", "Agreement").objects
    members = apps.get_model("programs", "PairMentee").objects
    named = apps.get_model("documents", "OrderPerson").objects
    for order in orders.filter(status="approved").iterator():
        pairs = [*order.pairs.all(), *order.ended_pairs.all()]
        people = {pair.mentor_id for pair in pairs}
        people |= set(members.filter(pair__in=pairs).values_list("person", flat=True))
        people |= set(named.filter(order=order).values_list("person", flat=True))
        order.paper = paper_of(papers, order, order, order.kind, order.title, people)
        order.save(update_fields=["paper"])
    for agreement in agreements.select_related("order", "pair", "mentee").iterator():
        people = {agreement.pair.mentor_id, agreement.mentee.person_id}
        heading = agreement.snapshot.get("heading", "")
        agreement.paper = paper_of(papers, agreement, agreement.order, "agreement", f"Соглашение {heading}", people)
        agreement.save(update_fields=["paper"])


def paper_of(papers, kept, order, kind, title, people):
    paper = papers.create(
        organization_id=order.organization_id,
        kind=kind,
        title=title[:300],
        number=order.number if kept is order else "",
        dated_on=order.approved_on,
        content=kept.snapshot,
        text="\n".join(words_in(kept.snapshot)),
        pdf=kept.pdf.name if kept.pdf_sha256 else "",
        pdf_sha256=kept.pdf_sha256,
        made_by_id=order.approved_by_id,
    )
    paper.people.set(people)
    return paper


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_papers'),
        ('programs', '0003_sort_name'),
    ]

    operations = [
        migrations.RunPython(move, elidable=True),
    ]
