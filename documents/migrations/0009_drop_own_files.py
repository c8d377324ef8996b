import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0008_move_files_to_papers'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='agreement',
            name='pdf',
        ),
        migrations.RemoveField(
            model_name='agreement',
            name='pdf_sha256',
        ),
        migrations.RemoveField(
            model_name='agreement',
            name='snapshot',
        ),
        migrations.RemoveField(
            model_name='order',
            name='pdf',
        ),
        migrations.RemoveField(
            model_name='order',
            name='pdf_sha256',
        ),
        migrations.RemoveField(
            model_name='order',
            name='snapshot',
        ),
        migrations.AlterField(
            model_name='agreement',
            name='paper',
            field=models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='documents.paper', verbose_name='paper'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'approved'), _negated=True), models.Q(models.Q(('number', ''), _negated=True), ('approved_on__isnull', False), ('approved_by__isnull', False), ('paper__isnull', False)), _connector='OR'), name='approved_order_is_complete', violation_error_message='An approved order has a number, a date and the head who approved it.'),
        ),
    ]
