"""Designs that the shop shows of a product, to begin with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.fields import LABEL_CODE, spec
from configurator.catalog.models.products import Product


class Inspiration(models.Model):
    """A design with a name. `design` holds values and texts by option code; what is left out is
    as cheap as can be."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="inspirations", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=60, validators=[LABEL_CODE])
    name = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("text"), blank=True, help_text=_("For whom it is, in a sentence."))
    design = spec(_("design"), _("A value or text by option code."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("inspiration")
        verbose_name_plural = _("inspirations")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "code"], name="inspiration_code_once_a_product"
            )
        ]

    def __str__(self) -> str:
        return self.name
