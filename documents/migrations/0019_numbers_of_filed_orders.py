"""The numbers of orders and the numbers kept for them go to their filed papers."""

from django.db import migrations


def to_papers(apps, schema_editor):
    orders = apps.get_model("documents", "Order").objects.exclude(number_key="").exclude(paper=None)
    papers = apps.get_model("documents", "Paper").objects
    for order in orders.only("paper", "series", "number_year", "number_key").iterator():
        papers.filter(pk=order.paper_id).update(
            series=order.series, number_year=order.number_year, number_key=order.number_key
        )
    kept = apps.get_model("documents", "KeptNumber").objects.exclude(order=None).select_related("order")
    for each in kept.iterator():
        each.paper_id = each.order.paper_id
        each.save(update_fields=["paper"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0018_one_numbering")]
    operations = [migrations.RunPython(to_papers, migrations.RunPython.noop)]
