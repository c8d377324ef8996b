"""The editor of questionnaires: list, one with its questions, copy, preview; nothing here needs scripts."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView
from mentorship.permissions import get_visible, require, workspace_organization
from participants.forms.questionnaires import NewQuestionnaireForm, QuestionForm, QuestionnaireForm
from participants.models import Question, Questionnaire
from participants.questionnaire_tables import QuestionnaireFilter, QuestionnaireTable
from participants.questionnaires import (
    DOWN,
    UP,
    copy_questionnaire,
    delete_questionnaire,
    for_list,
    move_question,
    offered_to,
    remove_question,
    restore_question,
    save_question,
    save_questionnaire,
)
from participants.questions_form import QuestionsForm

REMOVED_KEY = "removed_question"
UNDO_LASTS = timedelta(minutes=10)


class QuestionnaireList(PortalListView):
    """The ready questionnaires and those of the workspace's organization."""

    table_class = QuestionnaireTable
    filterset_class = QuestionnaireFilter
    template_name = "participants/questionnaire_list.html"

    def queryset_for(self, request):
        organization = workspace_organization(request, "participants.manage_questionnaires")
        return for_list(offered_to(organization))


def _read(request, pk):
    """A ready questionnaire, or one of the workspace's organization, with the right to copy it."""
    organization = workspace_organization(request, "participants.manage_questionnaires")
    return get_visible(offered_to(organization), request.user, pk=pk), organization


def _own(request, pk):
    """A questionnaire that the user may edit as long as nobody has answered."""
    return get_visible(Questionnaire, request.user, pk=pk, allowed="participants.manage_questionnaires")


def _own_question(request, pk):
    questions = Question.objects.filter(questionnaire__in=Questionnaire.objects.visible_to(request.user))
    question = get_object_or_404(questions.select_related("questionnaire__organization"), pk=pk)
    require(request.user, "participants.manage_questionnaires", question.questionnaire)
    return question


def questionnaire(request, pk):
    """The questions as they stand, with what may be done with them."""
    found, organization = _read(request, pk)
    is_own = found.organization_id == organization.pk
    is_frozen = found.is_frozen
    context = {
        "questionnaire": found,
        "questions": list(found.questions.all()),
        "is_own": is_own,
        "is_frozen": is_frozen,
        "may_change": is_own and not is_frozen,
        "removed": _removed(request, found),
    }
    return render(request, "participants/questionnaire.html", context)


def questionnaire_preview(request, pk):
    """The questionnaire as those who answer will see it; nothing typed here is kept."""
    found, _organization = _read(request, pk)
    context = {"questionnaire": found, "form": QuestionsForm(found)}
    return render(request, "participants/questionnaire_preview.html", context)


def questionnaire_add(request):
    organization = workspace_organization(request, "participants.manage_questionnaires")
    form = NewQuestionnaireForm(request.POST or None, instance=Questionnaire(organization=organization))
    if request.method == "POST" and form.is_valid():
        found = save_questionnaire(form.instance)
        messages.success(request, _("The questionnaire is made. Add its questions."))
        return redirect(found)
    return render(request, "participants/questionnaire_form.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def questionnaire_copy(request, pk):
    found, organization = _read(request, pk)
    copy = copy_questionnaire(found, organization=organization)
    messages.success(request, _("This is a copy of your own: change it as you like."))
    return redirect(copy)


def questionnaire_edit(request, pk):
    found = _own(request, pk)
    form = QuestionnaireForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            save_questionnaire(form.instance)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect(found)
    context = {"form": form, "questionnaire": Questionnaire.objects.get(pk=found.pk)}
    return render(request, "participants/questionnaire_form.html", context, status=422 if form.errors else 200)


@require_POST
def questionnaire_delete(request, pk):
    found = _own(request, pk)
    try:
        delete_questionnaire(found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("participants:questionnaire", pk)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
    return redirect("participants:questionnaire-list")


def question_add(request, pk):
    found = _own(request, pk)
    return _question_page(request, found, Question(questionnaire=found))


def question_edit(request, pk):
    question = _own_question(request, pk)
    return _question_page(request, question.questionnaire, question)


def _question_page(request, questionnaire, question):
    is_new = question.pk is None
    form = QuestionForm(request.POST or None, instance=question, questionnaire=questionnaire)
    if request.method == "POST" and form.is_valid():
        try:
            save_question(form.instance)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The question is added.") if is_new else _("The question is changed."))
            if "another" in request.POST:
                return redirect("participants:question-add", questionnaire.pk)
            return redirect(questionnaire)
    context = {"form": form, "questionnaire": questionnaire, "is_new": is_new}
    return render(request, "participants/question_form.html", context, status=422 if form.errors else 200)


@require_POST
def question_move(request, pk):
    """One place up, or down."""
    question = _own_question(request, pk)
    try:
        move_question(question, UP if request.POST.get("direction") == UP else DOWN)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{question.questionnaire.get_absolute_url()}#question-{question.pk}")


@require_POST
def question_remove(request, pk):
    question = _own_question(request, pk)
    try:
        kept = remove_question(question)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        request.session[REMOVED_KEY] = {**kept, "at": timezone.now().isoformat()}
    return redirect(question.questionnaire)


@require_POST
def question_restore(request, pk):
    """Put the question back that was removed last, within ten minutes."""
    found = _own(request, pk)
    kept = _removed(request, found)
    if kept is None:
        messages.error(request, _("The ten minutes are over: add the question anew."))
        return redirect(found)
    try:
        restore_question(found, kept)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        del request.session[REMOVED_KEY]
        messages.success(request, _("The question stands where it stood."))
    return redirect(found)


def _removed(request, questionnaire):
    """What was removed from the questionnaire within the last ten minutes, or None."""
    kept = request.session.get(REMOVED_KEY)
    if not kept or kept["questionnaire"] != questionnaire.pk:
        return None
    return None if timezone.now() - datetime.fromisoformat(kept["at"]) > UNDO_LASTS else kept
