"""Texts of consents that every installation has from the first day: Russian, in the portal's own words.

One paper for one purpose. Each states what 152-ФЗ art. 9 part 4 asks: the operator, the purpose, the data, the actions,
who processes by order of the operator, the term and how to withdraw; the paper itself prints the name, the lines for
address and documents, and the signatures. Consents to take part and to the work of a mentor are no consents to the
processing of data: of data they speak only of those that stand in the paper itself. An organization edits them as
versions of its own.
"""

from django.template.loader import render_to_string

from participants.models import ConsentText

# kind: title, whether a representative may give it, for how many months
VERSION = 2  # the second names the requisites of the organization; the first stays where people have signed it
READY = {
    "processing": ("Согласие на обработку персональных данных", True, 12),
    "participation": ("Согласие на участие в программе наставничества", True, 12),
    "extra_duties": ("Согласие работника на выполнение работы по наставничеству", False, 12),
    "publication": ("Согласие на обработку персональных данных, разрешённых для распространения", True, 36),
    "upward": ("Согласие на передачу персональных данных в управление образования", True, 12),
}


def load_ready_consent_texts(texts=ConsentText):
    """Create the ready texts that are missing; those that are there stay as they are.

    A data migration hands its historical model over.
    """
    for kind, (title, has_representative, months) in READY.items():
        values = {
            "title": title,
            "body": ready_body(kind),
            "body_of_representative": ready_body(f"{kind}_of_minor") if has_representative else "",
            "valid_months": months,
        }
        texts.objects.get_or_create(organization=None, kind=kind, version=VERSION, defaults=values)


def ready_body(name):
    """The text of a file in templates/participants/consent_texts/."""
    return render_to_string(f"participants/consent_texts/{name}.txt").strip()
