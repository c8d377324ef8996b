import django.core.validators
import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone

from participants.ready_consent_texts import load_ready_consent_texts


def freeze(apps, schema_editor):
    """Texts of before may have been printed: none of them is edited any more."""
    apps.get_model("participants", "ConsentText").objects.filter(used_at=None).update(used_at=timezone.now())


def load(apps, schema_editor):
    """The versions of the ready texts that name the requisites of the organization."""
    load_ready_consent_texts(apps.get_model("participants", "ConsentText"))


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0013_names_of_organizations_in_cases'),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='paper_on',
            field=models.DateField(blank=True, help_text='Of what was confirmed by the link first.', null=True, verbose_name='paper signed on'),
        ),
        migrations.AddField(
            model_name='consenttext',
            name='used_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first printed or shown'),
        ),
        migrations.AddField(
            model_name='organization',
            name='data_processor',
            field=models.CharField(blank=True, help_text='Name and address, where the portal is kept by somebody else. Empty: a line to be filled by hand.', max_length=300, verbose_name='who processes the data by order of the organization'),
        ),
        migrations.AddField(
            model_name='organization',
            name='inn',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{10}|\\d{12})\\Z', 'Write 10 or 12 digits, without spaces.')], verbose_name='INN'),
        ),
        migrations.AddField(
            model_name='organization',
            name='ogrn',
            field=models.CharField(blank=True, max_length=15, validators=[django.core.validators.RegexValidator('^(\\d{13}|\\d{15})\\Z', 'Write 13 or 15 digits, without spaces.')], verbose_name='OGRN'),
        ),
        migrations.AddField(
            model_name='organization',
            name='publication_conditions',
            field=models.CharField(blank=True, help_text='What holds for everybody, for example: photographs of groups only, without class and surname.', max_length=300, verbose_name='conditions of publication'),
        ),
        migrations.AddField(
            model_name='organization',
            name='site_url',
            field=models.URLField(blank=True, verbose_name='site of the organization'),
        ),
        migrations.AddField(
            model_name='organization',
            name='social_pages',
            field=models.CharField(blank=True, help_text='Addresses, where cases are published.', max_length=300, verbose_name='pages in social networks'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='status',
            field=models.CharField(choices=[('asked', 'asked'), ('given', 'given'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('cancelled', 'cancelled')], default='asked', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='consenttext',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written'),
        ),
        migrations.RunPython(freeze, migrations.RunPython.noop),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
