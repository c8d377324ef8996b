"""WHEN: roadmaps, stages, activities, the windows read from their deadlines."""

from roadmap.models.activities import DUE_AHEAD, Activity, ActivityItem, DeadlineWindow
from roadmap.models.imports import ImportRemark, RoadmapImport
from roadmap.models.layouts import RoadmapLayout, TableHead
from roadmap.models.plans import ActivityLink, ActivityOwner, Baseline, Occurrence, Proof
from roadmap.models.reminding import CalendarFeed, ReminderRule
from roadmap.models.roadmaps import Roadmap, Stage
from roadmap.models.templates import TemplateEdition, TemplateOffer
from roadmap.models.terms import SchoolTerm

__all__ = [
    "DUE_AHEAD",
    "Activity",
    "ActivityItem",
    "ActivityLink",
    "ActivityOwner",
    "Baseline",
    "CalendarFeed",
    "DeadlineWindow",
    "ImportRemark",
    "Occurrence",
    "Proof",
    "ReminderRule",
    "Roadmap",
    "RoadmapImport",
    "RoadmapLayout",
    "SchoolTerm",
    "Stage",
    "TableHead",
    "TemplateEdition",
    "TemplateOffer",
]
