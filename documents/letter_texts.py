"""The texts of letters that an organization may word itself, and a letter on trial for who words them."""

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from documents.letter_contents import Subject, letter_content, title_alone
from documents.letter_kinds import (
    ADDENDUM,
    CERTIFICATE,
    HANDOVER,
    LETTER_KINDS,
    ORDER_COPY,
    PETITION,
    THANKS,
    WORK_EXTRACT,
)
from documents.letters_of_pairs import addendum_words, handover_words, petition_words
from documents.letters_of_people import honour_words
from documents.template_language import Values
from documents.text_kinds import TITLE, TextKind, register
from documents.text_versions import paper_text

_HONOUR = {
    "организации": _("full name of the organization in the genitive"),
    "учебный год": _("the school year"),
}
_PLACEHOLDERS = {
    ADDENDUM: {
        "организация": _("full name of the organization"),
        "руководителя": _("position and full name of the head in the genitive"),
        "действующего": _("“действующего” or “действующей”, by the head"),
        "устава": _("“устава”; of an acting head the order that appointed him"),
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
    THANKS: _HONOUR,
    CERTIFICATE: _HONOUR,
}
_EDITIONS = {ADDENDUM: 2, CERTIFICATE: 2}  # of ready texts that were worded anew
_WORDS = {ADDENDUM: addendum_words, PETITION: petition_words, HANDOVER: handover_words}


_IN_FORM = {THANKS, CERTIFICATE}  # their text stands in the form and may be changed there for each paper
_HEADED = {ADDENDUM, PETITION, HANDOVER, WORK_EXTRACT}


def register_letter_texts():
    """Say which texts of letters there are; once, when the app is ready."""
    for key, placeholders in _PLACEHOLDERS.items():
        register(TextKind(key, LETTER_KINDS[key].name, placeholders, edition=_EDITIONS.get(key, 1)))
    for key, kind in LETTER_KINDS.items():
        if key != ORDER_COPY:  # headed as the order is
            name = format_lazy(_("heading: {paper}"), paper=kind.name)
            # The second line says what the paper is about; of the others the form asks it, or there is none.
            register(TextKind(f"{key}{TITLE}", name, {}, most_lines=2 if key in _HEADED else 1))


def typed_at_first(organization, kind):
    """{field: words} that the form of a LetterKind begins with: the organization's own text and word on top."""
    if kind.key not in _IN_FORM:
        return {}
    typed = {"text": paper_text(organization, kind.key)}
    return typed | ({"word": paper_text(organization, f"{kind.key}{TITLE}")} if kind.key == CERTIFICATE else {})


def has_letter_text(kind):
    return kind in _PLACEHOLDERS


def letter_sample_values(organization, kind, pair, curator):
    """(Values of a text of the kind, {list placeholder: sentences}) as a letter about the pair would have them."""
    values = _typed(organization, kind, pair, curator)
    if kind in _IN_FORM:
        return Values(honour_words(Subject(organization), values["dated_on"])), {}
    words = _WORDS[kind](Subject(organization, pair=pair), values, values["dated_on"])
    return Values(words), {"содержание": values["task"].splitlines()} if kind == ADDENDUM else {}


def letter_sample(organization, kind, text, pair, curator):
    """The content of a letter of the kind about the pair with the text. Raises ValidationError for one too long."""
    typed = _typed(organization, kind, pair, curator)
    if kind in _IN_FORM:
        subject = Subject(organization, person=pair.mentor)
        return letter_content(LETTER_KINDS[kind], subject, typed | {"text": text}, number="7")
    return letter_content(LETTER_KINDS[kind], Subject(organization, pair=pair), typed, number="7", text=text)


def letter_title_sample(organization, kind, title, pair, curator):
    """The same with the title, and of a kind that has no text its head alone."""
    typed = _typed(organization, kind, pair, curator)
    if kind in _IN_FORM:
        subject = Subject(organization, person=pair.mentor)
        return letter_content(LETTER_KINDS[kind], subject, typed | {"word": ""}, number="7", title=title)
    if has_letter_text(kind):
        return letter_content(LETTER_KINDS[kind], Subject(organization, pair=pair), typed, number="7", title=title)
    return title_alone(LETTER_KINDS[kind], organization, typed["dated_on"], title)


def _typed(organization, kind, pair, curator):
    """What somebody might type into the form of the kind."""
    known = LETTER_KINDS[kind]
    typed = {field.name: field.usual for field in known.fields} | {"dated_on": timezone.localdate()}
    typed |= typed_at_first(organization, known)
    if kind == ADDENDUM:
        return typed | {"starts_on": pair.planned_from, "ends_on": pair.planned_to}
    if kind == PETITION:
        return typed | {"petitioner": curator, "reason": "наставник переводится в другую школу", "successor": curator}
    return typed | {"taken_by": curator}
