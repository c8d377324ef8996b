"""The forms of mentoring that every installation starts with; organizations add their own."""

from programs.models import MentoringForm

# The pupils' model (Р-145), the teachers' model, and two that organizations use beside them.
READY_FORMS = [
    "педагог – педагог",
    "руководитель образовательной организации – педагог",
    "работодатель – студент педагогического вуза или колледжа",
    "ученик – ученик",
    "учитель – учитель",
    "студент – ученик",
    "работодатель – ученик",
    "работодатель – студент",
    "воспитатель – воспитатель",
    "учитель – ученик",
]


def load_ready_forms(form_model=MentoringForm):
    """Add the ready forms that are missing; safe to run again. A migration passes its own state of the model.

    Returns how many were added.
    """
    added = 0
    for position, name in enumerate(READY_FORMS, 1):
        _form, is_new = form_model.objects.get_or_create(organization=None, name=name, defaults={"position": position})
        added += is_new
    return added
