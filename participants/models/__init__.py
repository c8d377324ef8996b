"""WHO: organizations, accounts, people, registries, questionnaires, applications, consents."""

from participants.models.accounts import AccountInvitation, Membership, User
from participants.models.applications import Application, ApplicationCall
from participants.models.consents import Consent, ConsentKind, ConsentText, RemovalTask
from participants.models.depersonalization import DepersonalizationAct
from participants.models.destruction import DestructionAct
from participants.models.imports import ColumnMatch, RegistryImport
from participants.models.layouts import RegistryLayout
from participants.models.organizations import Organization
from participants.models.people import NameChange, Person, PersonMerge
from participants.models.questionnaires import Answers, Question, Questionnaire
from participants.models.registries import LongTermMentor, MenteeEntry, MentorEntry

__all__ = [
    "AccountInvitation",
    "Answers",
    "Application",
    "ApplicationCall",
    "ColumnMatch",
    "Consent",
    "ConsentKind",
    "ConsentText",
    "DepersonalizationAct",
    "DestructionAct",
    "LongTermMentor",
    "Membership",
    "MenteeEntry",
    "MentorEntry",
    "NameChange",
    "Organization",
    "Person",
    "PersonMerge",
    "Question",
    "Questionnaire",
    "RegistryImport",
    "RegistryLayout",
    "RemovalTask",
    "User",
]
