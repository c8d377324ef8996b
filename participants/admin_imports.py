"""Import in /admin/: the file is looked at before django-import-export reads it, and every refusal is a sentence."""

import csv
import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from import_export.admin import ImportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ImportForm
from import_export.results import Error

from mentorship.forms import check_upload
from participants.registry_report import UnreadableRegistry
from participants.sheet_files import open_sheets

REFUSED = 422


class PlainError(Error):
    """An error of a row or of the table in words; where in the code it happened is for the log alone."""

    traceback = ""


class CheckedImportForm(ImportForm):
    """Refuses what is no table, what is too large, encrypted or damaged, and a table without the columns that tell rows."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.resources = resources
        self.fields["format"].required = False
        self.fields["format"].help_text = _("Empty: by the name of the file.")

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("import_file")
        if upload:
            try:
                cleaned["format"], cleaned["import_file"] = self._checked(upload)
            except ValidationError as error:
                self.add_error("import_file", error)
            except UnreadableRegistry as error:
                self.add_error("import_file", str(error))
        return cleaned

    def _checked(self, upload):
        """(number of the format, the file): text files come out in UTF-8 with commas, as the library reads them."""
        check_upload(upload, {".xlsx", ".csv"})
        data = upload.read()
        upload.seek(0)
        needed = self._needed()
        # A csv is one sheet for each sign that may part its columns: the right one has the most of the columns.
        sheets = sorted(open_sheets(data, upload.name), key=lambda sheet: -_found_in(sheet, needed))
        rows = sheets[0].rows
        missing = [name for name in needed if name not in _headers(sheets[0])]
        if missing:
            raise ValidationError(
                _("The table has no column “%(column)s”: an exported file shows how columns are called."),
                params={"column": missing[0]},
            )
        if upload.name.lower().endswith(".xlsx"):
            return "0", upload
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return "1", SimpleUploadedFile(upload.name, text.getvalue().encode(), content_type="text/csv")

    def _needed(self):
        """Headers of the columns by which the chosen resource tells one row from another."""
        chosen = self.resources[int(self.cleaned_data.get("resource") or 0)]
        return [chosen.fields[name].column_name for name in chosen._meta.import_id_fields]


def _headers(sheet):
    return [str(cell).strip() for cell in sheet.rows[0]] if sheet.rows else []


def _found_in(sheet, needed):
    return sum(name in _headers(sheet) for name in needed)


class CheckedImportMixin(ImportMixin):
    """xlsx and csv, refused with a sentence and 422."""

    import_form_class = CheckedImportForm
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"

    def get_import_formats(self):
        return [XLSX, CSV]

    def get_import_resource_classes(self, request):
        return [_plainly(each) for each in super().get_import_resource_classes(request)]

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", None) or {}
        result = context.get("result")
        if request.method == "POST" and (
            context["form"].errors or (result and (result.has_errors() or result.has_validation_errors()))
        ):
            response.status_code = REFUSED
        return response


def _plainly(resource):
    """The resource with errors that tell no source code."""

    def get_error_result_class(self):
        return PlainError

    return type(resource.__name__, (resource,), {"get_error_result_class": get_error_result_class})
