"""The pages of a plan: fifty activities each, so that a plan of five hundred opens as quickly as one of fifty."""

from dataclasses import dataclass

from mentorship.lists import PAGE_SIZE


@dataclass(frozen=True)
class Part:
    """What a page shows of a stage: the whole of it, or of a stage longer than a page some of its activities."""

    progress: object  # StageProgress of the stage
    activities: list
    is_continued: bool = False  # the stage began on a page before
    next_activity: object = None  # the first one after this part, on the next page
    next_stage: object = None  # the stage after this one, wherever it is shown

    @property
    def stage(self):
        return self.progress.stage


def pages_of(stages, shown="", *, size=PAGE_SIZE):
    """[[Part, …], …] of `progress.stages_of`, one empty page where nothing is shown.

    A stage is torn only where it is longer than a page. Under a filter (`shown`, one of the activities' signs) stages
    without anything to show are left out.
    """
    pages, room = [[]], size
    for place, progress in enumerate(stages):
        activities = [each for each in progress.activities if not shown or shown in each.signs]
        if shown and not activities:
            continue
        following = stages[place + 1].stage if place + 1 < len(stages) else None
        if pages[-1] and len(activities) > room:
            pages.append([])
            room = size
        for begin in range(0, max(1, len(activities)), size):
            if begin:
                pages.append([])
            own, rest = activities[begin : begin + size], activities[begin + size :]
            pages[-1].append(Part(progress, own, bool(begin), rest[0] if rest else None, following))
            room = (room if not begin else size) - len(own)
    return pages


def number_of(pages, *, activity="", stage=""):
    """The number, from 1, of the page that shows the activity or the beginning of the stage of this key; else 1."""
    for number, parts in enumerate(pages, 1):
        for part in parts:
            if str(part.stage.pk) == stage or any(str(each.pk) == activity for each in part.activities):
                return number
    return 1
