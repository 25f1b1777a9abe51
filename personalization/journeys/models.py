"""Journeys as they are written, the versions that went live, and where in them people are."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.wizard.models import Design
from orders.models import Order
from personalization.people.models import Person


class Journey(models.Model):
    """What is said to people when something happens to them; `draft` is its `Plan` as it is being
    written, `live` the version into which people come from now on."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("journey", "draft")
        LIVE = "live", pgettext_lazy("journey", "live")
        PAUSED = "paused", pgettext_lazy("journey", "paused")
        STOPPED = "stopped", pgettext_lazy("journey", "stopped")

    slug = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("journey", "name"), max_length=80)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    draft = models.JSONField(default=dict, editable=False)
    edition = models.PositiveIntegerField(default=0, editable=False)  # counts changes of the draft
    live = models.ForeignKey(
        "Version", models.SET_NULL, null=True, editable=False, related_name="live_in"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A plan as it went live; never changed. Whoever came into it stays on it."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    plan = models.JSONField(default=dict)
    by = models.CharField(_("by"), max_length=150, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="journey_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.journey} {self.number}"


class Place(models.Model):
    """Where one person is in a journey, and when they go on.

    `step` is the wait that they are at; "" before the first step. `awaiting` is the kind of event
    that ends the wait early, `heard` that it has. `moves` counts how often the row was moved on:
    every move says from which count. `occasion` is what brought them here; each does so once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("journey", "on the way")
        DONE = "done", pgettext_lazy("journey", "came to the end")
        GOAL = "goal", pgettext_lazy("journey", "reached the goal")
        LEFT = "left", pgettext_lazy("journey", "left early")
        HELD = "held", pgettext_lazy("journey", "held out, to compare with")
        STUCK = "stuck", pgettext_lazy("journey", "could not go on")

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="places")
    version = models.ForeignKey(Version, models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.CASCADE, related_name="places")
    occasion = models.CharField(max_length=80)
    design = models.ForeignKey(Design, models.CASCADE, null=True, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="+")
    told = models.JSONField(default=dict)  # what the occasion told: product, prices, days
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=8, blank=True)
    due_at = models.DateTimeField(_("due"))
    awaiting = models.CharField(max_length=10, blank=True)
    heard = models.BooleanField(default=False)
    moves = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    entered_at = models.DateTimeField(_("since"), default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("place in a journey")
        verbose_name_plural = _("places in journeys")
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "person", "occasion"], name="journey_once_an_occasion"
            )
        ]
        indexes = [
            models.Index(
                fields=["journey", "due_at"], condition=Q(state="waiting"), name="place_due"
            ),
            models.Index(
                fields=["moved_at"], condition=Q(state="waiting"), name="place_moved_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.person_id} {self.step}"


class Passage(models.Model):
    """A step that somebody passed, and what was decided there; one row, with its effect."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="passages")
    step = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.step} {self.outcome}"


class Tally(models.Model):
    """How many passed a step of a version with an outcome, also those who are forgotten since."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="tallies")
    step = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=10)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "step", "outcome"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.outcome} {self.count}"


class Cursor(models.Model):
    """How far something was read or looked at: the last event's id, the last time."""

    name = models.CharField(primary_key=True, max_length=20)
    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Sighting(models.Model):
    """What a kept design cost, and how many days it took, when it was last looked at."""

    design = models.OneToOneField(Design, models.CASCADE, primary_key=True, related_name="sighting")
    price = models.IntegerField(null=True)  # minor units, with tax
    lead = models.IntegerField(null=True)  # days from then to the promised day
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="sighting_at")]

    def __str__(self) -> str:
        return str(self.design_id)
