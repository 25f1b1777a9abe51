"""Talks with customers, answers to have at hand, stars for single choices, and what is proposed."""

import secrets
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.catalog.models import Product, Release
from configurator.wizard.models import Design
from orders.models import OrderLine
from orders.voices.models import Voice
from personalization.people.models import Person

LONGEST = 2000  # characters of what is written
LONGEST_NAME = 40


def _token() -> str:
    return secrets.token_urlsafe(24)


class Thread(models.Model):
    """A talk: what a customer asked or said, and all that was answered.

    It is about a product, and if they asked there about a design at a revision or about a line of
    an order; and about one option, or one of its values, if they said so. `token` opens it for
    whoever asked. `public` is their leave to show it; it is shown nowhere before it is approved.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        REVIEW = "review", _("review")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("talk", "to be answered")
        ANSWERED = "answered", pgettext_lazy("talk", "answered")
        CLOSED = "closed", pgettext_lazy("talk", "closed")

    class Shown(models.TextChoices):
        NEW = "new", pgettext_lazy("talk", "to be looked at")
        APPROVED = "approved", pgettext_lazy("talk", "shown")
        DECLINED = "declined", pgettext_lazy("talk", "not shown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=48, unique=True, default=_token, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUESTION)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=0)
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="threads", verbose_name=_("product")
    )
    design = models.ForeignKey(
        Design, models.CASCADE, null=True, blank=True, related_name="threads"
    )
    revision = models.PositiveIntegerField(_("revision of the design"), null=True, blank=True)
    line = models.ForeignKey(
        OrderLine, models.CASCADE, null=True, blank=True, related_name="threads"
    )
    voice = models.OneToOneField(
        Voice, models.CASCADE, null=True, blank=True, related_name="thread"
    )
    option = models.CharField(_("option"), max_length=60, blank=True)
    value = models.CharField(_("value"), max_length=60, blank=True)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="threads"
    )
    email = models.EmailField(_("email"), blank=True)
    author = models.CharField(_("name to show"), max_length=LONGEST_NAME, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    public = models.BooleanField(_("may be shown"), default=False)
    shown = models.CharField(_("shown"), max_length=10, choices=Shown, default=Shown.NEW)
    quiet = models.BooleanField(_("wants no mails about it"), default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose it is"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("answer by"), null=True, blank=True)
    release = models.ForeignKey(Release, models.SET_NULL, null=True, blank=True, related_name="+")
    """The one that changed what was said."""

    class Meta:
        ordering = ["due_at", "-asked_at"]
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        permissions = [("close_by_release", _("Can say what a release has changed"))]
        indexes = [
            models.Index(fields=["state", "due_at"], name="thread_due"),
            models.Index(fields=["product", "shown", "-asked_at"], name="thread_shown"),
            models.Index(fields=["asked_at"], name="thread_asked"),
        ]

    def __str__(self) -> str:
        return str(self.pk)[:8]

    @property
    def standing(self) -> str:
        """Whether others may read it: a review stands as its voice does."""
        return self.voice.state if self.voice else self.shown

    @property
    def standing_words(self) -> str:
        return str(self.Shown(self.standing).label)

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()


class Message(models.Model):
    """One thing that was said in a talk. `texts` by language; a customer's has theirs alone.

    `inner` ones are notes for colleagues.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ours = models.BooleanField(default=False)
    inner = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)
    found_by = models.TextField(default="", editable=False)
    at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.at:%Y-%m-%d}"


class SavedAnswer(models.Model):
    """An answer to have at hand; names in braces stand for what a talk is about."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    texts = models.JSONField(_("texts"), default=dict)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("saved answer")
        verbose_name_plural = _("saved answers")

    def __str__(self) -> str:
        return self.name


class ChoiceStars(models.Model):
    """How somebody likes one value of what they got, once for a line and an option."""

    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="choice_stars")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    option = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    stars = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("stars for a choice")
        verbose_name_plural = _("stars for choices")
        constraints = [
            models.UniqueConstraint(fields=["line", "option"], name="choice_stars_once"),
            models.CheckConstraint(
                condition=models.Q(stars__gte=1, stars__lte=5), name="choice_stars_1_to_5"
            ),
        ]
        indexes = [models.Index(fields=["product", "option", "value"], name="choice_stars_of")]

    def __str__(self) -> str:
        return f"{self.option} = {self.value}: {self.stars}"


class Idea(models.Model):
    """What a customer would like to be able to choose. `answer` by language."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("idea", "to be looked at")
        OPEN = "open", pgettext_lazy("idea", "open to votes")
        ACCEPTED = "accepted", pgettext_lazy("idea", "accepted")
        PLANNED = "planned", pgettext_lazy("idea", "planned")
        DONE = "done", pgettext_lazy("idea", "done")
        DECLINED = "declined", pgettext_lazy("idea", "declined")
        HIDDEN = "hidden", pgettext_lazy("idea", "not shown")

    SHOWN = (State.OPEN, State.ACCEPTED, State.PLANNED, State.DONE, State.DECLINED)
    VOTABLE = (State.OPEN, State.ACCEPTED, State.PLANNED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="ideas", verbose_name=_("product")
    )
    option = models.CharField(_("option"), max_length=60, blank=True)
    words = models.CharField(_("what"), max_length=200)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="ideas")
    email = models.EmailField(_("email"), blank=True)
    author = models.CharField(_("name to show"), max_length=LONGEST_NAME, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    token = models.CharField(max_length=48, unique=True, default=_token, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    answer = models.JSONField(_("answer"), default=dict, blank=True)
    release = models.ForeignKey(
        Release, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("release")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")

    def __str__(self) -> str:
        return self.words


class Vote(models.Model):
    """Somebody wants it, too; once."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="votes")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="one_vote_a_person")]

    def __str__(self) -> str:
        return str(self.idea_id)
