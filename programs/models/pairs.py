"""Pairs and groups: a mentor with one or more mentees."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from participants.models import Person
from programs.models.programs import MentoringForm, Program


def with_members(path="members", *related):
    """The prefetch of a pair's members with their people, wherever the pair stands.

    Joined, not prefetched one from another: SQLite refuses a prefetch of more than a thousand foreign keys.
    """
    return models.Prefetch(path, PairMentee.objects.select_related("person", *related))


class PairQuerySet(models.QuerySet):
    def taken_part_in_by(self, user):
        return self.filter(Q(mentor__user=user) | Q(pk__in=PairMentee.objects.filter(person__user=user).values("pair")))

    def visible_to(self, user):
        """Pairs the user takes part in, and the pairs of the organizations whose people he sees."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(program__organization__in=user.organizations_in_charge)
            | Q(mentor__user=user)
            | Q(pk__in=PairMentee.objects.filter(person__user=user).values("pair"))
        )

    def not_ended(self):
        """Proposed pairs and those in force."""
        return self.exclude(status=Pair.Status.ENDED)

    def quiet_since(self, day):
        """Pairs in force since before the day, without a meeting held on it or later."""
        from programs.models.work import Meeting  # the log stands on the pairs

        met = Meeting.objects.filter(held_on__gte=day, attendees__isnull=False)
        return self.filter(status=Pair.Status.ACTIVE, started_on__lt=day).exclude(pk__in=met.values("pair"))

    def matching(self, text):
        """Pairs among whose people every word of the text is found; letter case, ё and е alike."""
        found = self
        for word in text.casefold().replace("ё", "е").split():
            mentees = PairMentee.objects.filter(person__search_text__contains=word)
            found = found.filter(Q(mentor__search_text__contains=word) | Q(pk__in=mentees.values("pair")))
        return found

    def for_register(self):
        """What the page, its export and the annex of the order show, in their order."""
        return (
            self.select_related("program__organization", "mentor__organization", "form")
            .prefetch_related(with_members("members", "person__organization", "person__user"))
            .order_by("mentor__sort_name", "pk")
        )


class Pair(models.Model):
    """A mentor with one mentee, or a group: with two or more. It is in force only by an approved order."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("in force")
        ENDED = "ended", _("ended")

    NEXT = {Status.PROPOSED: {Status.ACTIVE}, Status.ACTIVE: {Status.ENDED}}

    program = models.ForeignKey(Program, models.CASCADE, related_name="pairs", verbose_name=_("programme"))
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="pairs_as_mentor", verbose_name=_("mentor"))
    form = models.ForeignKey(MentoringForm, models.PROTECT, related_name="+", verbose_name=_("form of mentoring"))
    topic = models.CharField(_("topic or request"), max_length=250, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    planned_from = models.DateField(_("planned from"))
    planned_to = models.DateField(_("planned to"))
    started_on = models.DateField(_("in force from"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    events = GenericRelation(StatusEvent)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair or group")
        verbose_name_plural = _("pairs and groups")
        ordering = ["mentor__sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_to__gt=F("planned_from")),
                name="pair_planned_to_end_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="pair_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", started_on=None) | (~Q(status="proposed") & Q(started_on__isnull=False)),
                name="pair_in_force_has_a_start",
                violation_error_message=_("A pair in force has a start date, a proposed one has none."),
            ),
        ]

    def __str__(self):
        mentees = ", ".join(person.short_name for person in self.mentees)
        return f"{self.mentor.short_name} – {mentees}"

    def get_absolute_url(self):
        return reverse("programs:pair", args=[self.pk])

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        return {"person": self.mentor_id}

    @property
    def organization(self):
        return self.program.organization

    @property
    def mentees(self):
        """People, in the order of their names; uses what is prefetched."""
        people = [member.person for member in self.members.all()]
        return sorted(people, key=lambda person: (person.sort_name, person.pk))

    @property
    def is_group(self):
        return len(self.members.all()) > 1

    @property
    def is_open(self):
        return self.status == self.Status.ACTIVE

    def works_on(self, day):
        """Whether the pair may meet now: in force, or its order of the end names a last day that is not over."""
        return self.is_open or (self.status == self.Status.ENDED and self.ended_on >= day)

    @property
    def last_day(self):
        """The last day on which the pair can meet: its end, or while it is in force the end of what is planned."""
        return self.ended_on or max(self.planned_to, self.program.ends_on)


class PairMentee(models.Model):
    """A mentee's place in a pair or group."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="pairs_as_mentee", verbose_name=_("mentee"))

    class Meta:
        verbose_name = _("mentee of the pair")
        verbose_name_plural = _("mentees of the pair")
        ordering = ["person__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "person"],
                name="mentee_once_in_a_pair",
                violation_error_message=_("This mentee is in the group already."),
            )
        ]

    def __str__(self):
        return self.person.full_name

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        return {"person": self.person_id, "pair": self.pair_id}
