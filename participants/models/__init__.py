"""WHO: organizations, accounts, people, registries, questionnaires."""

from participants.models.accounts import AccountInvitation, Membership, User
from participants.models.organizations import Organization
from participants.models.people import Person
from participants.models.questionnaires import Answers, Question, Questionnaire
from participants.models.registries import MenteeEntry, MentorEntry, RegistryImport

__all__ = [
    "AccountInvitation",
    "Answers",
    "Membership",
    "MenteeEntry",
    "MentorEntry",
    "Organization",
    "Person",
    "Question",
    "Questionnaire",
    "RegistryImport",
    "User",
]
