"""Segments, who is in them, and what is likely of whom."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from personalization.people.models import Person


class Segment(models.Model):
    """A group of people: whom a rule is true of, or a list. Members are as of `counted_at`."""

    class Kind(models.TextChoices):
        RULE = "rule", _("by a rule")
        LIST = "list", _("a list")

    slug = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(pgettext_lazy("segment", "name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.RULE)
    rule = models.TextField(_("rule"), blank=True, max_length=2000)
    counted_at = models.DateTimeField(_("counted"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A whole person in a segment, since when."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "person"], name="member_of_segment_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.segment_id}"


class Trained(models.Model):
    """A small model that was learned: its weights, how well it did on people whom it had not seen,
    and how often it was right where it said so much (`calibration`)."""

    name = models.CharField(max_length=20)
    weights = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)
    calibration = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"


class Score(models.Model):
    """What is likely of a whole person, from 0 to 100."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="likely")
    name = models.CharField(max_length=20)
    value = models.FloatField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="score_once")]
        indexes = [models.Index(fields=["name", "value", "person"], name="score_value")]

    def __str__(self) -> str:
        return f"{self.name} {self.value:.0f}"
