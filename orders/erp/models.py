"""Who may come through the door (tokens), and whom it tells what happens (webhooks)."""

import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.erp import secrets
from orders.factory.models import WorkOrderMove


class ApiToken(models.Model):
    """A key to the API. Only its hash is kept: the key itself is shown once, when it is made."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    name = models.CharField(_("for"), max_length=80)
    scope = models.CharField(_("may"), max_length=8, choices=Scope, default=Scope.READ)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    sha = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def valid(self) -> bool:
        ended = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.revoked_at is None and not ended


class Webhook(models.Model):
    """An address that is told of every event of the kinds in `events` (all when empty)."""

    url = models.CharField(
        _("address"), max_length=500, validators=[URLValidator(schemes=["http", "https"])]
    )
    events = models.JSONField(
        _("events"),
        default=list,
        blank=True,
        help_text=_("Like [“work_order.released”]; empty for all."),
    )
    secret = models.CharField(
        _("secret"), max_length=80, default=secrets.webhook_secret, editable=False
    )
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["url"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.url

    def wants(self, kind: str) -> bool:
        """Whether it is told of events of this kind."""
        return self.active and (not self.events or kind in self.events)


class Delivery(models.Model):
    """One event on its way to one webhook. `body` is frozen: every attempt sends the same bytes."""

    class State(models.TextChoices):
        DUE = "due", pgettext_lazy("delivery", "due")
        DELIVERED = "delivered", pgettext_lazy("delivery", "delivered")
        FAILED = "failed", pgettext_lazy("delivery", "given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(
        Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    move = models.ForeignKey(
        WorkOrderMove, models.CASCADE, related_name="deliveries", verbose_name=_("move")
    )
    kind = models.CharField(_("event"), max_length=60)
    body = models.TextField(_("body"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    answer = models.CharField(_("last answer"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["webhook", "move"], name="delivery_once_a_webhook")
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.webhook}"
