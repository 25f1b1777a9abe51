"""Offers, and the codes that people have been given by them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.promo.models import PromoCode, Promotion
from personalization.people.models import Person
from personalization.people.purposes import Purpose


def allowable() -> list[tuple[str, Any]]:
    """What somebody may allow, to be given something for it."""
    return [choice for choice in Purpose.choices if choice[0] != Purpose.ORDERS]


class Offer(models.Model):
    """For whom a promotion is, and why: each of them has a code of their own.

    Its name, what it takes off and when are the promotion's. `rule` is of the language of segments,
    empty for everybody; with `holds` it has to be true when the code is used, too.
    """

    promotion = models.OneToOneField(Promotion, models.PROTECT, related_name="offer")
    rule = models.TextField(_("for whom"), blank=True, max_length=2000)
    why = models.CharField(
        _("why they have it"),
        max_length=200,
        blank=True,
        help_text=_("Customers read it, like “Because you came back”."),
    )
    days = models.PositiveSmallIntegerField(
        _("days that a code works"),
        null=True,
        blank=True,
        help_text=_("From when it is given. Empty: until the end of the offer."),
    )
    shown = models.BooleanField(
        _("shown to them"),
        default=True,
        help_text=_("On their own pages, where they get the code. Else only messages bring it."),
    )
    reached = models.BooleanField(
        _("only with an address of theirs"),
        default=True,
        help_text=_("Without, one may be as many people as one likes, by another browser each."),
    )
    holds = models.BooleanField(
        _("only as long as this is true of them"),
        default=False,
        help_text=_("It is asked again when the code is used."),
    )
    earned_by = models.CharField(
        _("for allowing"),
        max_length=20,
        blank=True,
        choices=allowable,
        help_text=_("Who takes it back loses the code, unless it was used."),
    )
    sooner = models.PositiveSmallIntegerField(
        _("for being ready sooner, working days"),
        null=True,
        blank=True,
        help_text=_(
            "Given with a design that is ready so much sooner by another choice: to fill hours"
            " that are free. Empty: not for that."
        ),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    def __str__(self) -> str:
        return self.promotion.name


class Grant(models.Model):
    """Somebody has a code of an offer; of each offer one at a time.

    `steered` is what it was given for, where that is a choice: design, option, value, days.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="grants")
    code = models.OneToOneField(PromoCode, models.CASCADE, related_name="grant")
    source = models.CharField(max_length=80, blank=True)
    steered = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("code of a person")
        verbose_name_plural = _("codes of people")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "offer"],
                condition=Q(withdrawn_at=None),
                name="one_code_a_person_and_offer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.code_id}"
