"""What is said to people: messages, why each was sent or not, how often one may be spoken to."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from personalization.people.models import Contact, Person
from personalization.people.purposes import Channel, Purpose


class Message(models.Model):
    """Something to be said to one person, once: `key` is its name, and never used twice.

    It is composed and decided upon when it is due, not when it is asked for. `composer` names who
    finds the words (`composing`), from `data`. `source` tells the journey or page that asked.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("message", "waiting")
        SENT = "sent", pgettext_lazy("message", "sent")
        WITHHELD = "withheld", pgettext_lazy("message", "not sent")

    key = models.CharField(_("key"), max_length=120, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    purpose = models.CharField(_("what for"), max_length=20, choices=Purpose)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    composer = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    source = models.CharField(_("asked for by"), max_length=60, blank=True)
    priority = models.SmallIntegerField(_("priority"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    expires_at = models.DateTimeField(_("not after"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)  # on the site: put away

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["person", "sent_at"], name="message_sent_to"),
            models.Index(
                fields=["person", "priority"], condition=Q(state="waiting"), name="message_waiting"
            ),
            models.Index(fields=["source", "state"], name="message_source"),
        ]

    def __str__(self) -> str:
        return self.key


class Verdict(models.Model):
    """Why a message was sent, delayed or not sent; one row each time it was decided upon."""

    class Outcome(models.TextChoices):
        SENT = "sent", pgettext_lazy("message", "sent")
        DELAYED = "delayed", pgettext_lazy("message", "put off")
        WITHHELD = "withheld", pgettext_lazy("message", "not sent")

    class Reason(models.TextChoices):
        ALLOWED = "allowed", _("it was allowed")
        NEEDED = "needed", _("an order needs it")
        NO_CONSENT = "no_consent", _("they have not allowed it")
        NO_ADDRESS = "no_address", _("no proven address")
        HOLDOUT = "holdout", _("they are in a group that gets none, to compare with")
        QUIET = "quiet", _("quiet hours where they are")
        CAP = "cap", _("they got enough lately")
        LATER = "later", _("another message goes first")
        TOO_LATE = "too_late", _("it would have come too late")
        NOTHING = "nothing", _("there was nothing to say any more")
        CANCELED = "canceled", _("it was called off")

    message = models.ForeignKey(Message, models.CASCADE, related_name="verdicts")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    reason = models.CharField(_("because"), max_length=10, choices=Reason)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["id"]
        verbose_name = _("decision about a message")
        verbose_name_plural = _("decisions about messages")
        indexes = [models.Index(fields=["at", "outcome", "reason"], name="verdict_at")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.reason}"


class Copy(models.Model):
    """What a provider was given, for looking at: one a message, whatever is repeated."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="copy")
    provider = models.CharField(_("by"), max_length=40)
    address = models.CharField(_("address"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("words"), blank=True)
    html = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)  # what only its channel has, as segments of a text
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("copy of a message")
        verbose_name_plural = _("copies of messages")

    def __str__(self) -> str:
        return self.subject or self.text[:60]


class Link(models.Model):
    """Where a link of a message leads, on this site, and when it was first followed."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="links")
    target = models.CharField(_("leads to"), max_length=500)
    made_at = models.DateTimeField(default=timezone.now)
    clicked_at = models.DateTimeField(_("followed"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("link of a message")
        verbose_name_plural = _("links of messages")
        constraints = [
            models.UniqueConstraint(fields=["message", "target"], name="link_of_message_once")
        ]

    def __str__(self) -> str:
        return self.target


class Subscription(models.Model):
    """A browser that shows what is pushed to it; `contact` is its person's way by push."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="subscription")
    endpoint = models.CharField(_("address"), max_length=1000)
    public_key = models.CharField(max_length=90)  # base64url, a point of P-256
    auth = models.CharField(max_length=30)  # base64url, 16 bytes

    class Meta:
        verbose_name = _("browser that is pushed to")
        verbose_name_plural = _("browsers that are pushed to")

    def __str__(self) -> str:
        return self.endpoint[:60]


class PhoneCode(models.Model):
    """A code was texted to a number, to show whose it is. The code stands nowhere: it is made of
    `key` and the firm's secret. `tries` counts what was typed, right or wrong."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="phone_codes")
    number = models.CharField(_("number"), max_length=16)  # E.164
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    failed = models.BooleanField(default=False)  # nothing gets there
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"…{self.number[-2:]}"


class Cap(models.Model):
    """At most so many messages to a person within so many hours, over all channels that reach out.

    Messages that an order needs are neither counted nor held back.
    """

    purpose = models.CharField(
        _("what for"),
        max_length=20,
        choices=Purpose,
        blank=True,
        help_text=_("Empty: whatever they are for, together."),
    )
    hours = models.PositiveIntegerField(_("within hours"), default=24)
    count = models.PositiveIntegerField(_("at most"), default=1)

    class Meta:
        ordering = ["purpose", "hours"]
        verbose_name = _("limit of messages")
        verbose_name_plural = _("limits of messages")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "hours"], name="cap_once"),
            models.CheckConstraint(
                condition=Q(hours__gte=1) & Q(hours__lte=24 * 366), name="cap_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} / {self.hours} h"


class QuietHours(models.Model):
    """When nothing is sent that no order needs, by the reader's clock; one row. Equal: never."""

    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


class Notice(models.Model):
    """What a provider told afterwards (it bounced, they complained); each counts once."""

    provider = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["provider", "key"], name="notice_told_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"
