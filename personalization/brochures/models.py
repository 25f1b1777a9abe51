"""Runs of brochures, and the brochures in them."""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.sharing.models import Share
from orders.promo.models import PromoCode, Promotion
from personalization.people.models import Person


def new_token() -> str:
    """What a card's address is made of: short enough for a code, 96 bits that nobody guesses."""
    return secrets.token_urlsafe(12)


class Run(models.Model):
    """Brochures for chosen people, printed together.

    `sheets` is what was laid on sheets: {"sha", "pages", "count", "bytes"}, {} before; `sheet` on
    which paper. `decided` is the last decision about consent that was looked at for it.
    """

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("run", "being drawn")
        PAUSED = "paused", pgettext_lazy("run", "paused")
        LAYING = "laying", pgettext_lazy("run", "being laid on sheets")
        READY = "ready", pgettext_lazy("run", "ready")
        CANCELED = "canceled", pgettext_lazy("run", "canceled")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=80)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="brochure_runs"
    )
    by_name = models.CharField(_("by"), max_length=150)
    sheet = models.CharField(_("sheet"), max_length=8, default="SRA3")
    promotion = models.ForeignKey(
        Promotion, models.PROTECT, null=True, blank=True, verbose_name=_("promotion")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    total = models.PositiveIntegerField(_("brochures"), default=0)
    sheets = models.JSONField(default=dict, blank=True)
    decided = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("files kept until"))
    objects: ClassVar[models.Manager["Run"]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = pgettext_lazy("brochures", "run")
        verbose_name_plural = pgettext_lazy("brochures", "runs")

    def __str__(self) -> str:
        return f"B-{self.pk}"


class Brochure(models.Model):
    """One person's brochure in a run; its file is named by `sha`, the hash of its bytes.

    `token` is the address printed on it: whoever has the card sees the design, until `revoked_at`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("brochure", "waiting")
        DRAWN = "drawn", pgettext_lazy("brochure", "drawn")
        LEFT_OUT = "left_out", pgettext_lazy("brochure", "left out")

    class Why(models.TextChoices):
        CONSENT = "consent", _("does not allow printed mail")
        ADDRESS = "address", _("the address has characters that can’t be printed")
        FAILED = "failed", _("could not be drawn")

    run = models.ForeignKey(Run, models.CASCADE, related_name="brochures", verbose_name=_("run"))
    number = models.PositiveIntegerField(_("number"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="brochures")
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(_("why"), max_length=10, choices=Why, blank=True)
    code = models.ForeignKey(
        PromoCode, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("code")
    )
    share = models.ForeignKey(Share, models.SET_NULL, null=True, blank=True, related_name="+")
    content = models.JSONField(_("content"), default=dict, blank=True)
    sha = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("link ended"), null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        verbose_name = _("brochure")
        verbose_name_plural = _("brochures")
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="brochure_number_once"),
            models.UniqueConstraint(fields=["run", "person"], name="brochure_once_a_person"),
        ]
        indexes = [models.Index(fields=["run", "state"], name="brochure_state")]

    def __str__(self) -> str:
        return f"B-{self.run_id}/{self.number:05}"
