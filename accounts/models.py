"""What accounts keep besides designs and orders: addresses, mails on their way, data asked for."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutgoingMail(models.Model):
    """A mail that a job is to send; gone once it has left.

    It may hold a code that opens an account, so no page and no admin shows it, and a job's
    payload, which factory leads see, holds only its id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class Address(models.Model):
    """Where an account's orders may go; one of them is the standard."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses", editable=False
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=120)
    company = models.CharField(_("company"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=200)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2)
    standard = models.BooleanField(_("standard"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-standard", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(standard=True), name="one_standard_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"


def _expiry() -> datetime:
    return timezone.now() + timedelta(days=7)


class DataRequest(models.Model):
    """Somebody wants what is kept about them: as a file (`export`), or gone (`erase`).

    It is about an account, or about whoever gets mail at an address; `designs` are those of the
    browser that asked. The row is the file's key for some days, then it is gone; that of an
    erasure is gone with the rest.
    """

    class Kind(models.TextChoices):
        EXPORT = "export"
        ERASE = "erase"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="data_requests"
    )
    email = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    designs = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=_expiry)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
