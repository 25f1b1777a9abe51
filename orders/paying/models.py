"""Charges, refunds, what providers told of them, and the pretended provider's own records."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models import Order


class Payment(models.Model):
    """What is to be paid for an order in one go: all of it, or the difference of a change.

    `reason` says which, once for each; `reference` is what the provider calls it, "" before it
    knows of it. One that `expires_at` is not asked for any more afterwards.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("payment", "open")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")
        DROPPED = "dropped", _("not asked for any more")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="payments", verbose_name=_("order")
    )
    reason = models.CharField(_("for"), max_length=40)
    way = models.CharField(_("way to pay"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    reference = models.CharField(_("provider’s reference"), max_length=120, blank=True)
    address = models.CharField(_("page of the provider"), max_length=500, blank=True)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)

    class Meta:
        ordering = ["began_at"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        permissions = [("record_payment", _("Can record that an invoice is paid"))]
        constraints = [
            models.UniqueConstraint(fields=["order", "reason"], name="one_payment_a_reason"),
            models.UniqueConstraint(
                fields=["way", "reference"],
                condition=~models.Q(reference=""),
                name="one_payment_a_reference",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.reason} {self.amount} {self.currency}"


class Refund(models.Model):
    """What goes back of a payment; once for each reason, however often it is asked for."""

    class State(models.TextChoices):
        DUE = "due", pgettext_lazy("refund", "due")
        DONE = "done", _("done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="refunds", verbose_name=_("payment")
    )
    reason = models.CharField(_("for"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DUE)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        ordering = ["began_at"]
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            models.UniqueConstraint(fields=["payment", "reason"], name="one_refund_a_reason"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {self.amount}"


class Notice(models.Model):
    """What a provider told, once by its own id, and what came of it."""

    way = models.CharField(_("way to pay"), max_length=20)
    key = models.CharField(_("provider’s id"), max_length=120)
    kind = models.CharField(_("kind"), max_length=40)
    reference = models.CharField(_("provider’s reference"), max_length=120, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=40, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("provider’s message")
        verbose_name_plural = _("providers’ messages")
        constraints = [models.UniqueConstraint(fields=["way", "key"], name="one_notice_an_id")]

    def __str__(self) -> str:
        return f"{self.way} {self.kind} {self.key}"


class Invoice(models.Model):
    """The invoice of an order that has left; its PDF is in PAPERS_DIR by `sha`, never another.

    `sha` is "" until it is printed. `due_on` is None where all was paid before.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.OneToOneField(
        Order, models.PROTECT, related_name="invoice", verbose_name=_("order")
    )
    issued_on = models.DateField(_("issued"))
    due_on = models.DateField(_("payable until"), null=True, blank=True)
    sha = models.CharField(_("content hash"), max_length=64, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")

    def __str__(self) -> str:
        return self.number


class SandboxSession(models.Model):
    """A hosted page of the pretended card provider; no money moves."""

    id = models.CharField(primary_key=True, max_length=60)
    key = models.CharField(max_length=120, unique=True)  # the idempotency key
    state = models.CharField(max_length=10, default="open")
    amount = models.PositiveBigIntegerField(help_text="hundredths")
    currency = models.CharField(max_length=3)
    title = models.CharField(max_length=200)
    return_url = models.CharField(max_length=500)
    refunds = models.JSONField(default=dict)  # hundredths by idempotency key
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.id} {self.state}"
