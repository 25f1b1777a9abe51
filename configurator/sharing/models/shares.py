"""Designs that their owners show to others."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models import Release
from configurator.wizard.models import Design

TITLE, AUTHOR = 60, 40
"""The most characters of the names that people give to designs and to themselves."""


def new_token() -> str:
    """What an address is made of that nobody can guess (128 bits)."""
    return secrets.token_urlsafe(16)


class Share(models.Model):
    """A permanent link to one revision of a design: read-only, of its release for ever.

    `state` is what its owner had decided, `shown` the complete design that was seen then;
    `price` (minor units with tax, null where there is none) and `ready_on` what was told then.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    design = models.ForeignKey(Design, models.CASCADE, related_name="shares")
    release = models.ForeignKey(Release, models.PROTECT, related_name="shares")
    revision = models.PositiveIntegerField()
    state = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    price = models.BigIntegerField(null=True)
    ready_on = models.DateField()
    title = models.CharField(_("title"), max_length=TITLE, blank=True)
    author = models.CharField(_("author"), max_length=AUTHOR, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("shared design")
        verbose_name_plural = _("shared designs")
        constraints = [
            models.UniqueConstraint(
                fields=["design", "revision"],
                condition=models.Q(revoked_at=None),
                name="one_living_link_a_revision",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.token


class Lineage(models.Model):
    """What a design was made from; the credit stays when the link has ended."""

    design = models.OneToOneField(Design, models.CASCADE, primary_key=True, related_name="lineage")
    share = models.ForeignKey(Share, models.SET_NULL, null=True, related_name="remixes")
    title = models.CharField(max_length=TITLE, blank=True)
    author = models.CharField(max_length=AUTHOR, blank=True)

    def __str__(self) -> str:
        return f"{self.design_id} ← {self.share_id}"
