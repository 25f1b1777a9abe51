"""Who somebody is, what they did, what is known of them, and what they allow."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.wizard.models import Design
from orders.models import Order
from personalization.people.purposes import Channel, Purpose


class Person(models.Model):
    """Somebody: a browser at first, an account's once it has signed in there.

    `into` is the person whom this one turned out to be; always the last of a chain, so that who is
    whole is told by one step (`joining`). `quiet` ones object: nothing is written about what they
    do. `stale` ones did something that their profile does not hold yet.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="person"
    )
    into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    quiet = models.BooleanField(_("objects"), default=False)
    stale = models.BooleanField(default=True, editable=False)
    created_at = models.DateTimeField(_("first seen"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        ordering = ["-seen_at"]
        verbose_name = pgettext_lazy("somebody", "person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["id"], condition=Q(stale=True), name="person_stale"),
            # Whole persons, the latest first.
            models.Index(fields=["into", "seen_at"], name="person_whole_seen"),
        ]

    def __str__(self) -> str:
        return str(self.key)[:8]

    @property
    def whole_id(self) -> int:
        """The id of the whole person."""
        return self.into_id or self.pk


class Join(models.Model):
    """Two persons turned out to be one. Taken back, both are as before: events keep their own."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="joins")
    into = models.ForeignKey(Person, models.CASCADE, related_name="joined")
    why = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at=None), name="person_joined_once"
            ),
            models.CheckConstraint(condition=~Q(person=F("into")), name="person_not_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.into_id}"


class Event(models.Model):
    """Something that somebody did; appended and never changed. Gone only with its person, or when
    they object. Never holds words of their own."""

    class Kind(models.TextChoices):
        VIEWED = "viewed", _("looked at a product")
        BEGAN = "began", _("began or opened a design")
        CHOSE = "chose", pgettext_lazy("event", "chose")
        TOOK = "took", _("took what others chose")
        BLOCKED = "blocked", _("asked for a value that was not possible")
        SAVED = "saved", pgettext_lazy("event", "saved")
        CARTED = "carted", _("put into the cart")
        SHARED = "shared", pgettext_lazy("event", "shared")
        ORDERED = "ordered", pgettext_lazy("event", "ordered")
        BOUGHT = "bought", pgettext_lazy("event", "bought")
        CANCELED = "canceled", pgettext_lazy("event", "canceled an order")
        PAID = "paid", _("an order was paid")
        STARTED = "started", _("we began to build an order")
        MADE = "made", _("an operation was done on what they ordered")
        FINISHED = "finished", _("all of an order is built")
        REOPENED = "reopened", _("we make an order better before it leaves")
        SHIPPED = "shipped", _("an order left")
        RETURNED = "returned", _("sent back")
        RATED = "rated", pgettext_lazy("event", "rated")
        WROTE = "wrote", pgettext_lazy("event", "wrote to us")
        STATED = "stated", _("told about themselves")
        WITHDREW = "withdrew", _("took back what they told")
        ALLOWED = "allowed", pgettext_lazy("event", "allowed")
        REFUSED = "refused", pgettext_lazy("event", "refused")
        ENTERED = "entered", _("came into a segment")
        LEFT = "left", _("left a segment")
        RECEIVED = "received", _("got a message")
        CLICKED = "clicked", _("followed a message")

    person = models.ForeignKey(Person, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    product = models.CharField(max_length=60, blank=True)
    design = models.ForeignKey(
        Design, models.SET_NULL, null=True, blank=True, related_name="happenings"
    )
    order = models.ForeignKey(
        Order, models.SET_NULL, null=True, blank=True, related_name="happenings"
    )
    option = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    number = models.IntegerField(null=True, blank=True)  # stars, or how many
    country = models.CharField(max_length=2, blank=True)  # where it goes; never by IP
    source = models.CharField(max_length=20, default="shop")
    purpose = models.CharField(max_length=20, default=Purpose.PERSONALIZATION)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(
                fields=["kind", "person", "at", "product", "amount"], name="event_kind_person"
            ),
            models.Index(fields=["kind", "at", "product", "option"], name="event_kind_when"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.product}"


class Profile(models.Model):
    """How far somebody's events are folded, and what folding the next ones needs (`folding`)."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="profile")
    folded_to = models.BigIntegerField(default=0)
    state = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.person_id)


class Statement(models.Model):
    """What somebody told about themselves, until they take it back: then the row is gone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="statements")
    name = models.CharField(_("what"), max_length=60)
    text = models.CharField(_("text"), max_length=200, blank=True)
    number = models.FloatField(_("number"), null=True, blank=True)
    source = models.CharField(_("where"), max_length=40)
    purpose = models.CharField(
        _("what for"), max_length=20, choices=Purpose, default=Purpose.RECOMMENDATIONS
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="stated_once")]

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """What is known of a whole person: folded from events and statements, and the same whenever it
    is folded anew. One of `text`, `number` and `moment` is the value."""

    class Kind(models.TextChoices):
        DEMOGRAPHIC = "demographic", _("who they are")
        TRANSACTIONAL = "transactional", _("what they bought")
        BEHAVIORAL = "behavioral", _("what they did")
        STATED = "stated", _("what they told")

    person = models.ForeignKey(Person, models.CASCADE, related_name="facts")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    name = models.CharField(_("what"), max_length=60)
    text = models.CharField(_("text"), max_length=200, blank=True)
    number = models.FloatField(_("number"), null=True)
    moment = models.DateTimeField(_("when"), null=True)
    source = models.CharField(_("where from"), max_length=40)
    purpose = models.CharField(_("what for"), max_length=20, choices=Purpose)
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="fact_once")]
        indexes = [
            models.Index(fields=["name", "number", "person"], name="fact_number"),
            models.Index(fields=["name", "moment", "person"], name="fact_moment"),
            models.Index(fields=["name", "text", "person"], name="fact_text"),
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"

    @property
    def value(self) -> str | float | datetime:
        """What it is."""
        if self.moment is not None:
            return self.moment
        return self.text if self.number is None else self.number


class Wording(models.Model):
    """What people are asked: a version is never changed, a new one takes its place. `texts` by
    language. Where `asks_again`, a yes to an earlier version counts no more."""

    purpose = models.CharField(_("what for"), max_length=20, choices=Purpose)
    version = models.PositiveIntegerField(_("version"))
    texts = models.JSONField(_("texts"), default=dict)
    asks_again = models.BooleanField(
        _("everybody is asked again"),
        default=False,
        help_text=_("A yes to an earlier wording counts no more."),
    )
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["purpose", "-version"]
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="wording_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"


class Decision(models.Model):
    """A yes or a no, and its proof: when, where, how, and to which words. The last one counts."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="decisions")
    purpose = models.CharField(_("what for"), max_length=20, choices=Purpose)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    granted = models.BooleanField(_("allowed"))
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, related_name="decisions")
    language = models.CharField(_("language"), max_length=10, blank=True)
    where = models.CharField(_("where"), max_length=100)
    how = models.CharField(_("how"), max_length=20)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(fields=["person", "purpose", "channel"], name="decision_of"),
            models.Index(fields=["at", "purpose", "channel", "granted"], name="decision_when"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.channel} {'yes' if self.granted else 'no'}"


class Contact(models.Model):
    """Where somebody is reached. `proven_at`: since when it is known to be theirs; `failed_at`:
    since when it reaches nobody."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    address = models.CharField(_("address"), max_length=254)
    proven_at = models.DateTimeField(_("proven"), null=True, blank=True)
    failed_at = models.DateTimeField(_("reaches nobody"), null=True, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ["-proven_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel", "address"], name="contact_of_person_once"
            )
        ]
        indexes = [models.Index(fields=["channel", "address"], name="contact_address")]

    def __str__(self) -> str:
        return self.channel


from personalization.people import exchanges  # noqa: E402, F401 (its models are of this app, too)
