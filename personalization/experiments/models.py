"""Experiments, their arms, and who was in them."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from personalization.people.models import Person


class Experiment(models.Model):
    """A question, and the plan by which it is answered.

    Once it runs, the plan stands: `registered` is what was written down at the start, and the
    results are told by it alone. The first arm is what the others are compared with. In a holdout
    it is those for whom nothing is done, so that all that is done can be told apart from nothing.
    """

    class Kind(models.TextChoices):
        TEST = "test", pgettext_lazy("experiment", "test")
        HOLDOUT = "holdout", pgettext_lazy("experiment", "holdout")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("experiment", "draft")
        RUNNING = "running", pgettext_lazy("experiment", "running")
        STOPPED = "stopped", pgettext_lazy("experiment", "stopped")

    code = models.SlugField(_("code"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEST)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    name = models.CharField(_("name"), max_length=120)
    question = models.TextField(_("what is expected, and why"), max_length=2000, blank=True)
    metric = models.CharField(_("what counts"), max_length=40, default="ordered")
    most_revenue = models.DecimalField(
        _("revenue counted at most for one person"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(1000),
        help_text=_(
            "What is above counts as this. The lower it is, the sooner there is an answer."
        ),
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    window_days = models.PositiveSmallIntegerField(_("days in which it counts"), default=7)
    group = models.SlugField(_("group"), max_length=60, blank=True)
    share = models.PositiveSmallIntegerField(_("share of the people, %"), default=100)
    # Where its part of the group begins, in percent; taken when it starts.
    slot = models.PositiveSmallIntegerField(default=0, editable=False)
    registered = models.JSONField(default=dict, editable=False)
    registered_sha = models.CharField(max_length=64, blank=True, editable=False)
    conclusion = models.TextField(_("what was concluded"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(state="stopped"),
                name="experiment_code_once",
                violation_error_message=_("There is an experiment with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Arm(models.Model):
    """One of the ways in which people are met."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="arms")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "code"], name="arm_code_once"),
            models.UniqueConstraint(fields=["experiment", "position"], name="arm_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Exposure(models.Model):
    """Somebody met what their arm is, for the first time; once a person, and for good."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="exposures")
    person = models.ForeignKey(Person, models.CASCADE, related_name="exposures")
    arm = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "person"], name="exposed_once")
        ]
        indexes = [models.Index(fields=["experiment", "at", "id"], name="exposure_in_order")]

    def __str__(self) -> str:
        return f"{self.experiment_id}: {self.arm}"
