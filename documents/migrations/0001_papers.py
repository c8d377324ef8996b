"""The papers in one step, in the place of the first twenty-two: a new installation makes its tables in a fifth of the time.

What those moved from table to table is not repeated here, for there is nothing to move. They stay for installations
that have them in part.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import documents.models.blanks
import documents.paper_codes
from django.conf import settings
from django.db import migrations, models

from documents.ready_acts import load_ready_acts


INDEX = "paper_by_words"


def load_acts(apps, schema_editor):
    """The acts that every installation knows."""
    load_ready_acts(apps.get_model("documents", "LegalAct"))


def add_index(apps, schema_editor):
    # To the letter what SearchVector("search_text", config="russian") asks for: see documents/archive.py.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON documents_paper "
            "USING gin (to_tsvector('russian'::regconfig, COALESCE(search_text, '')))"
        )


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_initial"),
        ("documents", "0003_numbers"),
        ("documents", "0004_acts"),
        ("documents", "0005_ready_acts"),
        ("documents", "0006_order_kinds"),
        ("documents", "0007_papers"),
        ("documents", "0008_move_files_to_papers"),
        ("documents", "0009_drop_own_files"),
        ("documents", "0010_word_copies"),
        ("documents", "0011_annexes_and_regulation"),
        ("documents", "0012_texts_and_blanks"),
        ("documents", "0013_approval"),
        ("documents", "0014_archive"),
        ("documents", "0015_paper_search"),
        ("documents", "0016_letters"),
        ("documents", "0017_codes_of_joined_files"),
        ("documents", "0018_one_numbering"),
        ("documents", "0019_numbers_of_filed_orders"),
        ("documents", "0020_kept_numbers_of_papers"),
        ("documents", "0021_electronic_signatures"),
        ("documents", "0022_one_blank"),
    ]
    initial = True

    # The oldest that it needs, as those that it replaces: an installation may have them and not the later ones.
    dependencies = [
        ("mentorship", "0003_job"),
        ("participants", "0017_acting_heads"),
        ("programs", "0003_sort_name"),
        ("roadmap", "0002_order_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('introduction_order', 'order on the introduction of mentorship'), ('regulation_order', 'order on the regulation'), ('roadmap_order', 'order on the roadmap of the year'), ('programs_order', 'order on personal programmes'), ('assignment_order', 'order on pairs and groups'), ('replacement_order', 'order on the replacement of a mentor'), ('ending_order', 'order on the end of pairs'), ('curator_order', 'order on the appointment of a curator'), ('group_order', 'order on a working group'), ('monitoring_order', 'order on the monitoring'), ('award_order', 'order on awards'), ('results_order', 'order on the results of the year'), ('municipal_work_order', 'order on mentorship in the municipality'), ('municipal_contest_order', 'order on a municipal contest'), ('municipal_monitoring_order', 'order on municipal monitoring'), ('repealing_order', 'order on the repeal or the change of earlier orders')], help_text='Empty: orders of all kinds.', max_length=30, verbose_name='kind of order')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='place in the order of steps')),
                ('name', models.CharField(help_text='«Педагогический совет», «Профсоюзный комитет»', max_length=150, verbose_name='who agrees')),
                ('recorder', models.CharField(choices=[('curator', 'curator'), ('head', 'head'), ('staff', 'staff member')], default='curator', max_length=15, verbose_name='who records it in the portal')),
                ('needs_minutes', models.BooleanField(default=True, verbose_name='number and date of the minutes are asked for')),
                ('mark', models.CharField(choices=[('adopted', 'ПРИНЯТО'), ('agreed', 'СОГЛАСОВАНО'), ('none', 'nothing is printed')], default='agreed', max_length=10, verbose_name='what the order prints')),
                ('printed', models.CharField(blank=True, help_text='«на заседании педагогического совета». Empty: who agrees.', max_length=250, verbose_name='words below the mark')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approval_steps', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'step before approval',
                'verbose_name_plural': 'steps before approval',
                'ordering': ['organization', 'kind', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BlankPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField(verbose_name='picture')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blank_pictures', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'picture of a letterhead',
                'verbose_name_plural': 'pictures of letterheads',
            },
        ),
        migrations.CreateModel(
            name='Blank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('founder', models.CharField(blank=True, help_text='Empty: the organization above, where there is one.', max_length=400, verbose_name='founder')),
                ('picture_kind', models.CharField(choices=[('none', 'no picture'), ('arms', 'arms'), ('logo', 'logo')], default='none', help_text='Arms or a logo, never both: so the standard has it.', max_length=10, verbose_name='picture of the letterhead')),
                ('placing', models.CharField(choices=[('centred', 'across the sheet, centred'), ('corner', 'in the left upper corner')], default='centred', max_length=10, verbose_name='letterhead')),
                ('requisites', models.JSONField(blank=True, default=documents.models.blanks.usual_requisites, verbose_name='requisites that are printed')),
                ('kpp', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}\\Z', 'Write nine digits.')], verbose_name='KPP')),
                ('signature', models.CharField(choices=[('line', 'position, signature and name in one line'), ('stacked', 'position above, signature and name below it')], default='line', max_length=10, verbose_name='signature')),
                ('acting', models.CharField(choices=[('short', 'И.о. директора'), ('long', 'Исполняющий обязанности директора')], default='short', max_length=10, verbose_name='who acts for the head signs as')),
                ('assignment_way', models.CharField(choices=[('mentor_first', 'Иванову – за Петровой'), ('mentee_first', 'за Петровой – наставника Иванову')], default='mentor_first', max_length=15, verbose_name='pairs in orders')),
                ('is_countersigned', models.BooleanField(default=False, help_text='A line below the signatures of the parties; the organization is not a party itself.', verbose_name='the curator signs agreements, too')),
                ('background_portrait', models.FileField(blank=True, upload_to='blanks/', verbose_name='background, upright')),
                ('background_landscape', models.FileField(blank=True, upload_to='blanks/', verbose_name='background, across')),
                ('has_seal_place', models.BooleanField(default=True, help_text='On letters of thanks and certificates.', verbose_name='place for the seal')),
                ('standard', models.CharField(choices=[('2025', 'ГОСТ Р 7.0.97-2025'), ('2016', 'ГОСТ Р 7.0.97-2016'), ('own', 'own values')], default='2025', max_length=5, verbose_name='layout')),
                ('font_size', models.PositiveSmallIntegerField(choices=[(12, '12 pt'), (13, '13 pt'), (14, '14 pt')], default=14, verbose_name='size of the letters')),
                ('spacing', models.CharField(choices=[('1', '1'), ('1.15', '1,15'), ('1.5', '1,5')], default='1', max_length=5, verbose_name='line spacing')),
                ('margin_left', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(50)], verbose_name='left margin, mm')),
                ('margin_left_kept_long', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(50)], verbose_name='left margin of papers kept over ten years, mm')),
                ('margin_right', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(50)], verbose_name='right margin, mm')),
                ('margin_top', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(50)], verbose_name='upper margin, mm')),
                ('margin_bottom', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(50)], verbose_name='lower margin, mm')),
                ('date_place', models.CharField(choices=[('line', 'date, place and number in one line'), ('under', 'date and number in one line, the place below in the middle')], default='line', max_length=10, verbose_name='date and number')),
                ('annex_side', models.CharField(choices=[('right', 'right'), ('left', 'left')], default='right', max_length=5, verbose_name='mark of an annex')),
                ('grif_side', models.CharField(choices=[('right', 'right'), ('left', 'left')], default='right', max_length=5, verbose_name='grif of approval')),
                ('page_numbers', models.CharField(choices=[('top-center', 'above, in the middle'), ('top-right', 'above, at the right'), ('bottom-center', 'below, in the middle'), ('none', 'no numbers')], default='top-center', max_length=15, verbose_name='page numbers')),
                ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='blank', to='participants.organization', verbose_name='organization')),
                ('picture', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.blankpicture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'letterhead and layout',
                'verbose_name_plural': 'letterheads and layouts',
            },
        ),
        migrations.CreateModel(
            name='InspectionFolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper_keys', models.JSONField(editable=False)),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('pdf', models.FileField(blank=True, upload_to='folders/%Y/%m/')),
                ('archive', models.FileField(blank=True, upload_to='folders/%Y/%m/')),
                ('faults', models.JSONField(default=list, editable=False)),
                ('job', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mentorship.job')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inspection_folders', to='participants.organization')),
            ],
            options={
                'verbose_name': 'inspection folder',
                'verbose_name_plural': 'inspection folders',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LegalAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, verbose_name='name for the list')),
                ('words', models.TextField(help_text='After “в соответствии с”, in the instrumental: «приказом управления образования от … № …»', max_length=600, verbose_name='as the order prints it')),
                ('in_force_from', models.DateField(verbose_name='in force from')),
                ('in_force_to', models.DateField(blank=True, null=True, verbose_name='in force to')),
                ('proposed', models.CharField(choices=[('employees', 'where an employee mentors an employee'), ('others', 'where pupils, students or people from outside take part'), ('never', 'only where it is chosen')], default='never', max_length=10, verbose_name='when it is proposed')),
                ('rank', models.PositiveSmallIntegerField(default=100, help_text='Acts stand in the ground by this number: laws first, own papers last.', verbose_name='place')),
                ('organization', models.ForeignKey(blank=True, help_text='Empty: for all organizations.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='legal_acts', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'act',
                'verbose_name_plural': 'acts',
                'ordering': ['rank', 'in_force_from', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NumberCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=30, verbose_name='series')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='last number')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participants.organization')),
            ],
            options={
                'verbose_name': 'counter of numbers',
                'verbose_name_plural': 'counters of numbers',
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As the journal names it: «по личному составу»', max_length=120, verbose_name='what is numbered by it')),
                ('papers', models.CharField(blank=True, choices=[('addenda', 'addendum to the labour contract'), ('handovers', 'act of hand-over'), ('minutes', 'minutes'), ('certificates', 'certificate'), ('work-extracts', "extract of a mentor's work")], help_text='Empty: a series of orders.', max_length=30, verbose_name='papers')),
                ('template', models.CharField(help_text='{n} is the next number of the calendar year: «{n}-од», «01-12/{n}»', max_length=40, verbose_name='form of numbers')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='number_series', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'series of numbers',
                'verbose_name_plural': 'series of numbers',
                'ordering': ['organization', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('introduction_order', 'order on the introduction of mentorship'), ('regulation_order', 'order on the regulation'), ('roadmap_order', 'order on the roadmap of the year'), ('programs_order', 'order on personal programmes'), ('assignment_order', 'order on pairs and groups'), ('replacement_order', 'order on the replacement of a mentor'), ('ending_order', 'order on the end of pairs'), ('curator_order', 'order on the appointment of a curator'), ('group_order', 'order on a working group'), ('monitoring_order', 'order on the monitoring'), ('award_order', 'order on awards'), ('results_order', 'order on the results of the year'), ('municipal_work_order', 'order on mentorship in the municipality'), ('municipal_contest_order', 'order on a municipal contest'), ('municipal_monitoring_order', 'order on municipal monitoring'), ('repealing_order', 'order on the repeal or the change of earlier orders')], default='assignment_order', editable=False, max_length=30, verbose_name='kind')),
                ('title', models.CharField(max_length=300, verbose_name='heading')),
                ('body', models.TextField(help_text='The ground first; each numbered point begins on a line of its own with «1.».', verbose_name='text')),
                ('text_origin', models.JSONField(blank=True, default=dict, editable=False, verbose_name='text it was made from')),
                ('values', models.JSONField(blank=True, default=dict, editable=False, verbose_name='what was typed')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('submitted', 'waits for the head'), ('returned', 'returned'), ('approved', 'in force')], default='draft', max_length=10, verbose_name='status')),
                ('series', models.CharField(default='orders', editable=False, max_length=30)),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('number_key', models.CharField(blank=True, editable=False, max_length=40)),
                ('number_year', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='date')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='drafted')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version of the draft')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='changed')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='drafted by')),
                ('ended_pairs', models.ManyToManyField(blank=True, related_name='ending_orders', to='programs.pair', verbose_name='pairs and groups that end')),
                ('grounds', models.ManyToManyField(blank=True, help_text='Nothing ticked: the portal takes those that fit the pairs.', related_name='+', to='documents.legalact', verbose_name='grounds')),
                ('number_series', models.ForeignKey(blank=True, help_text='Empty: the main series of the organization.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='documents.numberseries', verbose_name='series of numbers')),
                ('organization', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='participants.organization', verbose_name='organization')),
                ('pairs', models.ManyToManyField(blank=True, related_name='orders', to='programs.pair', verbose_name='pairs and groups')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='programs.program', verbose_name='programme')),
                ('repealed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repealed_orders', to='documents.order', verbose_name='repealed by')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
                'ordering': ['-approved_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FamiliarizationSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scan', models.FileField(upload_to='familiarizations/%Y/', verbose_name='scan')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='documents.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'scan of a familiarization sheet',
                'verbose_name_plural': 'scans of familiarization sheets',
                'ordering': ['order', 'added_at'],
            },
        ),
        migrations.CreateModel(
            name='Familiarization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_on', models.DateField(blank=True, null=True, verbose_name='has read it on')),
                ('way', models.CharField(blank=True, choices=[('portal', 'confirmed in the portal'), ('sheet', 'signed on paper')], max_length=10, verbose_name='how')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='recorded')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='from which address')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='familiarizations', to='participants.person', verbose_name='person')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='familiarizations', to='documents.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'familiarization',
                'verbose_name_plural': 'familiarizations',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('repeals', 'repeals'), ('changes', 'changes')], max_length=10, verbose_name='what it does')),
                ('items', models.CharField(blank=True, help_text='«пункт 2», «пункты 3 и 4». Empty: the whole order.', max_length=300, verbose_name='which points')),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='later_links', to='documents.order', verbose_name='earlier order')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='documents.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'change of an earlier order',
                'verbose_name_plural': 'changes of earlier orders',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20, verbose_name='role')),
                ('words', models.CharField(blank=True, max_length=250, verbose_name='what is said')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='documents.order', verbose_name='order')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named_in', to='participants.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'person in an order',
                'verbose_name_plural': 'people in orders',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='order',
            name='people',
            field=models.ManyToManyField(blank=True, related_name='+', through='documents.OrderPerson', to='participants.person', verbose_name='people'),
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(editable=False, max_length=30, verbose_name='kind')),
                ('title', models.CharField(editable=False, max_length=300, verbose_name='heading')),
                ('number', models.CharField(blank=True, editable=False, max_length=40, verbose_name='number')),
                ('series', models.CharField(blank=True, editable=False, max_length=30, verbose_name='series of numbers')),
                ('number_year', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='year of the number')),
                ('number_key', models.CharField(blank=True, editable=False, max_length=40, verbose_name='number as it is compared')),
                ('dated_on', models.DateField(editable=False, verbose_name='date')),
                ('content', models.JSONField(editable=False, verbose_name='content')),
                ('text', models.TextField(blank=True, editable=False, verbose_name='text')),
                ('pdf', models.FileField(blank=True, editable=False, upload_to='papers/%Y/', verbose_name='file')),
                ('pdf_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256')),
                ('code', models.CharField(default=documents.paper_codes.new_code, editable=False, max_length=24, unique=True, verbose_name='code of the check page')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('ended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='not in force from')),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('destroyed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='destroyed on')),
                ('destroyed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='destroyed', to='documents.paper', verbose_name='destroyed by the act')),
                ('ended_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='documents.paper', verbose_name='repealed by')),
                ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('organization', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='participants.organization', verbose_name='organization')),
                ('people', models.ManyToManyField(blank=True, editable=False, related_name='papers', to='participants.person', verbose_name='people')),
            ],
            options={
                'verbose_name': 'filed paper',
                'verbose_name_plural': 'filed papers',
                'ordering': ['-dated_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='order',
            name='paper',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order', to='documents.paper', verbose_name='paper'),
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='programs.pair', verbose_name='pair or group')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='programs.program', verbose_name='programme')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='documents.order', verbose_name='order')),
                ('paper', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='documents.paper', verbose_name='paper')),
            ],
            options={
                'verbose_name': 'letter or certificate',
                'verbose_name_plural': 'letters and certificates',
                'ordering': ['-paper__dated_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='KeptNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(default='orders', max_length=30, verbose_name='series')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('number_key', models.CharField(editable=False, max_length=40)),
                ('purpose', models.CharField(help_text='The journal names it until the paper is there.', max_length=250, verbose_name='for what')),
                ('kept_on', models.DateField(verbose_name='kept on')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_numbers', to='participants.organization', verbose_name='organization')),
                ('paper', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kept_number', to='documents.paper', verbose_name='paper')),
            ],
            options={
                'verbose_name': 'kept number',
                'verbose_name_plural': 'kept numbers',
                'ordering': ['organization', 'series', 'year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ElectronicSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=60, verbose_name='number of the certificate')),
                ('owner', models.CharField(editable=False, max_length=300, verbose_name='owner')),
                ('valid_from', models.DateTimeField(editable=False, verbose_name='valid from')),
                ('valid_till', models.DateTimeField(editable=False, verbose_name='valid till')),
                ('file', models.FileField(editable=False, upload_to='signed/%Y/', verbose_name='file')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('signed_at', models.DateTimeField(editable=False, verbose_name='signed')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed by')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='documents.paper', verbose_name='paper')),
            ],
            options={
                'verbose_name': 'electronic signature',
                'verbose_name_plural': 'electronic signatures',
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='programs.pairmentee', verbose_name='mentee')),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='programs.pair', verbose_name='pair or group')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='documents.order', verbose_name='order')),
                ('paper', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='documents.paper', verbose_name='paper')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30, verbose_name='kind')),
                ('values', models.JSONField(default=dict, editable=False, verbose_name='what was typed')),
                ('token', models.CharField(editable=False, max_length=40, unique=True, verbose_name='mark of the form')),
                ('merged', models.FileField(blank=True, editable=False, upload_to='batches/%Y/', verbose_name='file to print')),
                ('zipped', models.FileField(blank=True, editable=False, upload_to='batches/%Y/', verbose_name='zip of the files')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_batches', to='participants.organization', verbose_name='organization')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programs.program', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'batch of papers',
                'verbose_name_plural': 'batches of papers',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField(verbose_name='place')),
                ('outside', models.CharField(blank=True, max_length=300, verbose_name='addressee outside of the organization')),
                ('refusal', models.CharField(blank=True, max_length=300, verbose_name='why it was not made')),
                ('pair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.pair', verbose_name='pair or group')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='batch_items', to='participants.person', verbose_name='person')),
                ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batch_items', to='documents.paper', verbose_name='paper')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='documents.paperbatch', verbose_name='batch of papers')),
            ],
            options={
                'verbose_name': 'paper of a batch',
                'verbose_name_plural': 'papers of a batch',
                'ordering': ['batch', 'place'],
            },
        ),
        migrations.CreateModel(
            name='PaperText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30, verbose_name='paper')),
                ('version', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='version')),
                ('text', models.TextField(verbose_name='text')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='what is changed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made at')),
                ('is_in_force', models.BooleanField(default=True, editable=False, verbose_name='new papers are made from it')),
                ('in_force_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in force since')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_texts', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'text of a paper',
                'verbose_name_plural': 'texts of papers',
                'ordering': ['organization', 'kind', '-version'],
            },
        ),
        migrations.CreateModel(
            name='PointComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version of the draft')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='point')),
                ('text', models.TextField(verbose_name='text of the point')),
                ('comment', models.TextField(verbose_name='comment')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('mended_at', models.DateTimeField(blank=True, null=True, verbose_name='mended')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('mended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='mended by')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='point_comments', to='documents.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'comment on a point',
                'verbose_name_plural': 'comments on points',
                'ordering': ['order', 'made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PrintedConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=documents.paper_codes.new_code, editable=False, max_length=24, unique=True)),
                ('given_by', models.CharField(choices=[('subject', 'the person'), ('representative', 'the legal representative')], max_length=15)),
                ('printed_at', models.DateTimeField(auto_now_add=True)),
                ('is_of_joined_file', models.BooleanField(default=False, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printed_consents', to='participants.person')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.consenttext')),
            ],
            options={
                'verbose_name': 'printed form of consent',
                'verbose_name_plural': 'printed forms of consents',
            },
        ),
        migrations.CreateModel(
            name='RegulationEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='edition')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('in_force', 'in force'), ('superseded', 'superseded')], default='draft', max_length=10, verbose_name='status')),
                ('mentees_per_mentor', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='mentees per mentor, at most')),
                ('mentor_service_years', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)], verbose_name='service of a mentor, years, at least')),
                ('term_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='term of mentorship, months, at most')),
                ('program_least_months', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='personal programme, months, at least')),
                ('replacement_grounds', models.TextField(help_text='Each on a line of its own.', max_length=3000, verbose_name='grounds for replacing a mentor')),
                ('council_minutes', models.CharField(blank=True, help_text='Minutes, as the sheet prints them: «протокол от 28.08.2026 № 1»', max_length=150, verbose_name="adopted by the teachers' council")),
                ('agreed_with', models.CharField(blank=True, help_text='As the sheet prints it: «первичной профсоюзной организацией (протокол от 27.08.2026 № 4)»', max_length=250, verbose_name='agreed with')),
                ('in_force_from', models.DateField(blank=True, editable=False, null=True, verbose_name='in force from')),
                ('superseded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='superseded on')),
                ('snapshot', models.JSONField(blank=True, editable=False, null=True, verbose_name='content at the approval')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='drafted')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='drafted by')),
                ('order', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='regulations', to='documents.order', verbose_name='order that approved it')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regulations', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'edition of the regulation',
                'verbose_name_plural': 'editions of the regulation',
                'ordering': ['organization', '-number'],
            },
        ),
        migrations.CreateModel(
            name='OrderAnnex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                ('kind', models.CharField(choices=[('pairs', 'list of pairs and groups'), ('regulation', 'regulation'), ('roadmap', 'roadmap'), ('forms', 'blank forms of the registries'), ('agreement', 'blank form of the agreement'), ('indicators', 'indicators with targets by years'), ('group', 'list of the people whom the order names'), ('programs', 'list of personal programmes'), ('file', 'a file: PDF or picture')], max_length=20, verbose_name='what is annexed')),
                ('title', models.CharField(blank=True, help_text="Empty: the portal's own.", max_length=300, verbose_name='heading of the sheet')),
                ('file', models.FileField(blank=True, upload_to='annexes/%Y/', verbose_name='file')),
                ('file_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256')),
                ('page_count', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='pages')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='annexes', to='documents.order', verbose_name='order')),
                ('pairs', models.ManyToManyField(blank=True, related_name='+', to='programs.pair', verbose_name='pairs and groups')),
                ('roadmap', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='roadmap.roadmap', verbose_name='roadmap')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.regulationedition', verbose_name='edition')),
            ],
            options={
                'verbose_name': 'annex of an order',
                'verbose_name_plural': 'annexes of orders',
                'ordering': ['order', 'place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RegulationSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(help_text='Each point on a line of its own: “1.1.”, “1.2.”; lines of a list begin with a dash.', max_length=30000, verbose_name='text')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='documents.regulationedition', verbose_name='edition of the regulation')),
            ],
            options={
                'verbose_name': 'section of the regulation',
                'verbose_name_plural': 'sections of the regulation',
                'ordering': ['edition', 'place'],
            },
        ),
        migrations.CreateModel(
            name='RetentionTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30, verbose_name='kind')),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='years')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='retention_terms', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'storage term',
                'verbose_name_plural': 'storage terms',
            },
        ),
        migrations.CreateModel(
            name='ScanPile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('names', models.TextField(editable=False, verbose_name='files')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded')),
                ('read_at', models.DateTimeField(editable=False, null=True, verbose_name='read')),
                ('sheet_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='sheets')),
                ('job', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mentorship.job')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scan_piles', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'pile of scans',
                'verbose_name_plural': 'piles of scans',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PileFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to='scans/waiting/%Y/%m/')),
                ('pile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='documents.scanpile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SignedCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(editable=False, upload_to='scans/signed/%Y/', verbose_name='file')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('page_count', models.PositiveIntegerField(editable=False, verbose_name='sheets')),
                ('kept_at', models.DateTimeField(auto_now_add=True, verbose_name='received')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_copies', to='documents.paper', verbose_name='paper')),
                ('pile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='signed_copies', to='documents.scanpile')),
            ],
            options={
                'verbose_name': 'signed copy',
                'verbose_name_plural': 'signed copies',
                'ordering': ['kept_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SigningCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=60, verbose_name='number of the certificate')),
                ('owner', models.CharField(editable=False, max_length=300, verbose_name='owner')),
                ('valid_from', models.DateTimeField(editable=False, verbose_name='valid from')),
                ('valid_till', models.DateTimeField(editable=False, verbose_name='valid till')),
                ('locked_file', models.BinaryField()),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='kept')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
                ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='signing_certificate', to='participants.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'certificate of the electronic signature',
                'verbose_name_plural': 'certificates of the electronic signature',
            },
        ),
        migrations.CreateModel(
            name='StepDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='who agrees')),
                ('mark', models.CharField(choices=[('adopted', 'ПРИНЯТО'), ('agreed', 'СОГЛАСОВАНО'), ('none', 'nothing is printed')], max_length=10, verbose_name='what the order prints')),
                ('printed', models.CharField(blank=True, max_length=250, verbose_name='words below the mark')),
                ('version', models.PositiveIntegerField(verbose_name='version of the draft')),
                ('outcome', models.CharField(choices=[('agreed', 'agreed'), ('refused', 'refused')], max_length=10, verbose_name='decision')),
                ('minutes_number', models.CharField(blank=True, max_length=40, verbose_name='number of the minutes')),
                ('minutes_on', models.DateField(blank=True, null=True, verbose_name='date of the minutes')),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='from which address')),
                ('means', models.CharField(blank=True, choices=[('session', 'signed in to the portal'), ('second_factor', 'signed in to the portal, with a second factor')], max_length=20, verbose_name='how')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_decisions', to='documents.order', verbose_name='order')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='documents.approvalstep', verbose_name='step')),
            ],
            options={
                'verbose_name': 'decision of a step',
                'verbose_name_plural': 'decisions of steps',
                'ordering': ['order', 'recorded_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TrayItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('unread', 'no code was found on the sheet'), ('unknown', 'the code is of no paper of this organization'), ('destroyed', 'the paper was destroyed by an act'), ('consent', 'a consent: its day has to be confirmed')], max_length=10, verbose_name='why')),
                ('code', models.CharField(blank=True, max_length=60, verbose_name='code')),
                ('first_sheet', models.PositiveIntegerField(verbose_name='sheet of the pile')),
                ('page_count', models.PositiveIntegerField(verbose_name='sheets')),
                ('file', models.FileField(upload_to='scans/tray/%Y/%m/')),
                ('picture', models.FileField(upload_to='scans/tray/%Y/%m/')),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='documents.printedconsent')),
                ('pile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tray', to='documents.scanpile')),
            ],
            options={
                'verbose_name': 'sheets in the tray',
                'verbose_name_plural': 'sheets in the tray',
                'ordering': ['pile', 'first_sheet'],
            },
        ),
        migrations.CreateModel(
            name='WordCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(editable=False, upload_to='word/%Y/', verbose_name='file')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('text', models.TextField(editable=False, verbose_name='text')),
                ('brought_at', models.DateTimeField(auto_now_add=True, verbose_name='brought')),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='brought by')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='word_copies', to='documents.paper', verbose_name='paper')),
            ],
            options={
                'verbose_name': 'signed Word document',
                'verbose_name_plural': 'signed Word documents',
                'ordering': ['-brought_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.UniqueConstraint(fields=('organization', 'kind', 'name'), name='approval_step_named_once', violation_error_message='Orders of this kind have such a step already.'),
        ),
        migrations.AddConstraint(
            model_name='blankpicture',
            constraint=models.UniqueConstraint(fields=('organization', 'sha256'), name='one_picture_per_organization'),
        ),
        migrations.AddConstraint(
            model_name='inspectionfolder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('archive', ''), ('pdf', '')), models.Q(models.Q(('pdf', ''), _negated=True), models.Q(('archive', ''), _negated=True)), _connector='OR'), name='folder_has_both_files_or_none'),
        ),
        migrations.AddConstraint(
            model_name='legalact',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_to', None), ('in_force_to__gte', models.F('in_force_from')), _connector='OR'), name='act_ends_after_it_begins', violation_error_message='The end date is before the start date.'),
        ),
        migrations.AddConstraint(
            model_name='numbercounter',
            constraint=models.UniqueConstraint(fields=('organization', 'series', 'year'), name='one_counter_per_series_and_year'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.UniqueConstraint(fields=('organization', 'name'), name='one_series_of_a_name', violation_error_message='There is such a series already.'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.UniqueConstraint(condition=models.Q(('papers', ''), _negated=True), fields=('organization', 'papers'), name='one_series_of_a_kind_of_papers', violation_error_message='There is such a series already.'),
        ),
        migrations.AddConstraint(
            model_name='familiarization',
            constraint=models.UniqueConstraint(fields=('order', 'person'), name='one_familiarization_of_a_person', violation_error_message='The person stands in the list of this order already.'),
        ),
        migrations.AddConstraint(
            model_name='familiarization',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_on', None), ('recorded_at', None), ('way', '')), models.Q(('read_on__isnull', False), ('recorded_at__isnull', False), models.Q(('way', ''), _negated=True)), _connector='OR'), name='familiarization_is_whole', violation_error_message='A confirmed familiarization has a day and a way.'),
        ),
        migrations.AddConstraint(
            model_name='orderlink',
            constraint=models.UniqueConstraint(fields=('order', 'earlier'), name='one_link_to_an_earlier_order', violation_error_message='The order names this earlier order already.'),
        ),
        migrations.AddConstraint(
            model_name='orderlink',
            constraint=models.CheckConstraint(condition=models.Q(('order', models.F('earlier')), _negated=True), name='order_not_linked_to_itself', violation_error_message='An order cannot repeal or change itself.'),
        ),
        migrations.AddConstraint(
            model_name='orderperson',
            constraint=models.UniqueConstraint(fields=('order', 'person', 'role'), name='one_place_in_an_order', violation_error_message='The order names this person already.'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['organization', 'kind', '-dated_on'], name='paper_of_organization'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pdf', ''), ('pdf_sha256', '')), models.Q(models.Q(('pdf', ''), _negated=True), models.Q(('pdf_sha256', ''), _negated=True)), models.Q(('destroyed_on__isnull', False), ('pdf', '')), _connector='OR'), name='file_of_a_paper_has_its_hash'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('destroyed_by', None), ('destroyed_on', None)), models.Q(('destroyed_by__isnull', False), ('destroyed_on__isnull', False), ('search_text', ''), ('text', '')), _connector='OR'), name='destroyed_paper_names_its_act_and_holds_nothing'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(condition=models.Q(('number_key', ''), _negated=True), fields=('organization', 'series', 'number_year', 'number_key'), name='paper_number_unique_in_series_and_year', violation_error_message='A paper of this year has this number already.'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('number_key', ''), _negated=True), fields=('organization', 'series', 'number_year', 'number_key'), name='order_number_unique_in_series_and_year', violation_error_message='An order of this year has this number already.'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'approved'), _negated=True), models.Q(models.Q(('number', ''), _negated=True), ('approved_on__isnull', False), ('approved_by__isnull', False), ('paper__isnull', False)), _connector='OR'), name='approved_order_is_complete', violation_error_message='An approved order has a number, a date and the head who approved it.'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('repealed_by', None), models.Q(('status', 'approved'), models.Q(('repealed_by', models.F('id')), _negated=True)), _connector='OR'), name='only_an_approved_order_is_repealed', violation_error_message='Only an approved order can be repealed, and by another one.'),
        ),
        migrations.AddConstraint(
            model_name='keptnumber',
            constraint=models.UniqueConstraint(condition=models.Q(('paper', None)), fields=('organization', 'series', 'year', 'number_key'), name='one_keeping_of_a_number', violation_error_message='This number is kept already.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('order', 'mentee'), name='one_agreement_per_mentee_and_order', violation_error_message='This mentee has an agreement by this order already.'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'place'), name='one_item_at_a_place_of_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('pair__isnull', False), ('person__isnull', False)), fields=('batch', 'pair', 'person'), name='one_paper_of_a_batch_per_pair_and_person'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('pair__isnull', False), ('person', None)), fields=('batch', 'pair'), name='one_paper_of_a_batch_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('pair', None), ('person__isnull', False)), fields=('batch', 'person'), name='one_paper_of_a_batch_per_person'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('paper__isnull', False)), fields=('batch', 'paper'), name='one_place_of_a_paper_in_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='papertext',
            constraint=models.UniqueConstraint(fields=('organization', 'kind', 'version'), name='one_text_per_version', violation_error_message='This version of the text is there already.'),
        ),
        migrations.AddConstraint(
            model_name='papertext',
            constraint=models.UniqueConstraint(condition=models.Q(('is_in_force', True)), fields=('organization', 'kind'), name='one_text_in_force', violation_error_message='Another version of the text is in force.'),
        ),
        migrations.AddConstraint(
            model_name='printedconsent',
            constraint=models.UniqueConstraint(condition=models.Q(('is_of_joined_file', False)), fields=('person', 'text', 'given_by'), name='one_code_of_a_printed_consent'),
        ),
        migrations.AddConstraint(
            model_name='regulationedition',
            constraint=models.UniqueConstraint(fields=('organization', 'number'), name='edition_number_is_its_own'),
        ),
        migrations.AddConstraint(
            model_name='regulationedition',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'in_force')), fields=('organization',), name='one_regulation_in_force', violation_error_message='Another edition is in force already.'),
        ),
        migrations.AddConstraint(
            model_name='regulationedition',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('organization',), name='one_draft_of_the_regulation', violation_error_message='A new edition is being drafted already.'),
        ),
        migrations.AddConstraint(
            model_name='regulationedition',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('snapshot__isnull', False), ('in_force_from__isnull', False)), _connector='OR'), name='regulation_in_force_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='regulationsection',
            constraint=models.UniqueConstraint(fields=('edition', 'place'), name='section_place_is_its_own'),
        ),
        migrations.AddConstraint(
            model_name='retentionterm',
            constraint=models.UniqueConstraint(fields=('organization', 'kind'), name='one_storage_term_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='scanpile',
            constraint=models.UniqueConstraint(fields=('organization', 'sha256'), name='one_pile_of_the_same_files'),
        ),
        migrations.AddConstraint(
            model_name='signedcopy',
            constraint=models.UniqueConstraint(fields=('paper', 'sha256'), name='one_signed_copy_of_the_same_file'),
        ),
        migrations.AddConstraint(
            model_name='wordcopy',
            constraint=models.UniqueConstraint(fields=('paper', 'sha256'), name='a_word_copy_is_brought_once', violation_error_message='This very file is here already.'),
        ),
        migrations.RunPython(load_acts, migrations.RunPython.noop),
        migrations.RunPython(add_index, remove_index),
    ]
