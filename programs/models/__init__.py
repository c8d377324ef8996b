"""WHAT: programmes, pairs and groups, meetings, progress reports."""

from programs.models.pairs import Pair, PairMentee
from programs.models.programs import MentoringForm, Program
from programs.models.work import Meeting, ProgressReport

__all__ = ["Meeting", "MentoringForm", "Pair", "PairMentee", "Program", "ProgressReport"]
