"""Test cases of a product: what must be so in every release, whatever else is edited."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models.products import Product


class DesignCase(models.Model):
    """Choices, and what is expected of them. `choices` and `texts` are by option code.

    `price` and `parts` (quantity by part code) are asked only of complete designs.
    """

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="cases", verbose_name=_("product")
    )
    name = models.CharField(_("name"), max_length=120)
    choices = models.JSONField(
        _("choices"), default=dict, blank=True, help_text=_('Like {"wood": "oak", "height": 600}.')
    )
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    possible = models.BooleanField(
        _("possible"), default=True, help_text=_("Whether a design may have all of these choices.")
    )
    price = models.DecimalField(
        _("net price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    parts = models.JSONField(
        _("parts"), null=True, blank=True, help_text=_("Quantities by part code; empty: any.")
    )
    by = models.CharField(_("by"), max_length=150, blank=True, editable=False)
    made_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["product", "name"]
        verbose_name = _("test case")
        verbose_name_plural = _("test cases")
        constraints = [
            models.UniqueConstraint(fields=["product", "name"], name="case_name_once_a_product")
        ]

    def __str__(self) -> str:
        return self.name
