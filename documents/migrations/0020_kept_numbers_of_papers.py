"""A kept number is taken up by a filed paper, not by an order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0019_numbers_of_filed_orders")]

    operations = [
        migrations.RemoveConstraint(
            model_name='keptnumber',
            name='one_keeping_of_a_number',
        ),
        migrations.RemoveField(
            model_name='keptnumber',
            name='order',
        ),
        migrations.AddConstraint(
            model_name='keptnumber',
            constraint=models.UniqueConstraint(condition=models.Q(('paper', None)), fields=('organization', 'series', 'year', 'number_key'), name='one_keeping_of_a_number', violation_error_message='This number is kept already.'),
        ),
    ]
