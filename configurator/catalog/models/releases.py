"""What everybody but the admin reads: published products."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models.products import Product


class Release(models.Model):
    """A published product, immutable. `content` is everything; `space` the compiled artifact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="releases", verbose_name=_("product")
    )
    number = models.PositiveIntegerField(_("number"))
    sha = models.CharField(_("content hash"), max_length=64)
    content = models.JSONField(_("content"))
    space = models.CharField(_("compiled space"), max_length=64)  # file name's hash in SPACES_DIR
    designs = models.CharField(  # an exact decimal number; "" if they can't be counted
        _("valid designs"), max_length=400, blank=True
    )
    reason = models.TextField(_("why it is searched"), blank=True)  # why they can't
    live = models.BooleanField(_("live"), default=False)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    published_by = models.CharField(_("by"), max_length=150, blank=True)
    notes = models.TextField(_("notes"), blank=True)  # what it is for, by who published it

    class Meta:
        ordering = ["product", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="release_number_once"),
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(live=True), name="one_live_release"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"

    @property
    def searched(self) -> bool:
        """Whether it was too large to compile, and is answered by search."""
        return not self.designs
