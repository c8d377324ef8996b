"""Every number is kept with its filed paper; a kind of papers beside the orders may have numbers of another form."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0017_codes_of_joined_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='keptnumber',
            name='paper',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kept_number', to='documents.paper', verbose_name='paper'),
        ),
        migrations.AddField(
            model_name='numberseries',
            name='papers',
            field=models.CharField(blank=True, choices=[('addenda', 'addendum to the labour contract'), ('handovers', 'act of hand-over'), ('minutes', 'minutes'), ('certificates', 'certificate'), ('work-extracts', "extract of a mentor's work")], help_text='Empty: a series of orders.', max_length=30, verbose_name='papers'),
        ),
        migrations.AlterField(
            model_name='keptnumber',
            name='purpose',
            field=models.CharField(help_text='The journal names it until the paper is there.', max_length=250, verbose_name='for what'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.UniqueConstraint(condition=models.Q(('papers', ''), _negated=True), fields=('organization', 'papers'), name='one_series_of_a_kind_of_papers', violation_error_message='There is such a series already.'),
        ),
    ]
