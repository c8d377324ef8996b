"""The texts of letters that an organization may word itself, and a letter on trial for who words them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.letter_contents import Subject, letter_content
from documents.letter_kinds import ADDENDUM, HANDOVER, LETTER_KINDS, PETITION
from documents.letters_of_pairs import addendum_words, handover_words, petition_words
from documents.template_language import Values
from documents.text_kinds import TextKind, register

_PLACEHOLDERS = {
    ADDENDUM: {
        "организация": _("full name of the organization"),
        "руководителя": _("position and full name of the head in the genitive"),
        "действующего": _("“действующего” or “действующей”, by the head"),
        "работник": _("full name and position of the mentor"),
        "основание": _("the articles of the Labour Code on which the addendum rests"),
        "договор": _("date and number of the labour contract"),
        "наставляемого": _("full name and position or class of the mentee in the genitive"),
        "содержание": _("the content of the work as points; alone on its line"),
        "форма": _("the form of the work"),
        "начало": _("the first day of the work"),
        "конец": _("the last day of the work"),
        "оплата": _("the pay and its order, as a sentence"),
        "экземпляры": _("in how many copies the addendum is made"),
    },
    PETITION: {
        "наставника": _("full name and position of the mentor in the genitive"),
        "наставляемого": _("full name and position or class of the mentee"),
        "причина": _("why the mentor should be replaced"),
        "преемник": _("who is proposed, in the accusative; may be empty"),
        "форма": _("the form of mentorship"),
    },
    HANDOVER: {
        "сдал": _("full name and position of who hands over"),
        "принял": _("full name and position of who takes over"),
        "наставляемого": _("full name and position or class of the mentee in the genitive"),
    },
}
_WORDS = {ADDENDUM: addendum_words, PETITION: petition_words, HANDOVER: handover_words}


def register_letter_texts():
    """Say which texts of letters there are; once, when the app is ready."""
    for key, placeholders in _PLACEHOLDERS.items():
        register(TextKind(key, LETTER_KINDS[key].name, placeholders))


def has_letter_text(kind):
    return kind in _PLACEHOLDERS


def letter_sample_values(organization, kind, pair, curator):
    """(Values of a text of the kind, {list placeholder: sentences}) as a letter about the pair would have them."""
    values = _typed(kind, pair, curator)
    words = _WORDS[kind](Subject(organization, pair=pair), values, values["dated_on"])
    return Values(words), {"содержание": values["task"].splitlines()} if kind == ADDENDUM else {}


def letter_sample(organization, kind, text, pair, curator):
    """The content of a letter of the kind about the pair with the text. Raises ValidationError for one too long."""
    subject = Subject(organization, pair=pair)
    return letter_content(LETTER_KINDS[kind], subject, _typed(kind, pair, curator), number="7", text=text)


def _typed(kind, pair, curator):
    """What somebody might type into the form of the kind."""
    typed = {field.name: field.usual for field in LETTER_KINDS[kind].fields} | {"dated_on": timezone.localdate()}
    if kind == ADDENDUM:
        return typed | {"starts_on": pair.planned_from, "ends_on": pair.planned_to}
    if kind == PETITION:
        return typed | {"petitioner": curator, "reason": "наставник переводится в другую школу", "successor": curator}
    return typed | {"taken_by": curator}
