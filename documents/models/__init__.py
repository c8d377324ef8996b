"""PAPERS: orders and agreements: text, numbering, approval; the filed papers with their frozen files."""

from documents.models.acts import LegalAct
from documents.models.agreements import Agreement
from documents.models.annexes import OrderAnnex
from documents.models.approval import (
    ApprovalStep,
    Familiarization,
    FamiliarizationSheet,
    OrderLink,
    PointComment,
    StepDecision,
)
from documents.models.archive import (
    InspectionFolder,
    PileFile,
    PrintedConsent,
    RetentionTerm,
    ScanPile,
    SignedCopy,
    TrayItem,
)
from documents.models.blanks import Blank, BlankPicture
from documents.models.letters import BatchItem, Letter, PaperBatch
from documents.models.numbers import MAIN_SERIES, KeptNumber, NumberCounter, NumberSeries
from documents.models.orders import Order, OrderPerson
from documents.models.papers import Paper
from documents.models.regulations import RegulationEdition, RegulationSection
from documents.models.signatures import ElectronicSignature, SigningCertificate
from documents.models.texts import PaperText
from documents.models.word_copies import WordCopy

__all__ = [
    "MAIN_SERIES",
    "Agreement",
    "ApprovalStep",
    "BatchItem",
    "Blank",
    "BlankPicture",
    "ElectronicSignature",
    "Familiarization",
    "FamiliarizationSheet",
    "InspectionFolder",
    "KeptNumber",
    "LegalAct",
    "Letter",
    "NumberCounter",
    "NumberSeries",
    "Order",
    "OrderAnnex",
    "OrderLink",
    "OrderPerson",
    "Paper",
    "PaperBatch",
    "PaperText",
    "PileFile",
    "PointComment",
    "PrintedConsent",
    "RegulationEdition",
    "RegulationSection",
    "RetentionTerm",
    "ScanPile",
    "SignedCopy",
    "SigningCertificate",
    "StepDecision",
    "TrayItem",
    "WordCopy",
]
