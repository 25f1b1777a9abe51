"""How a product looks: the layers of its preview picture and their files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.fields import LABEL_CODE, formula
from configurator.catalog.models.products import Product


class Layer(models.Model):
    """A layer of the preview picture, painted in order; `spec` as in the import format."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="layers", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=80, validators=[LABEL_CODE])
    when = formula(_("when"))
    spec = models.JSONField(_("description"), default=dict)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("picture layer")
        verbose_name_plural = _("picture layers")
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="layer_code_once_a_product")
        ]

    def __str__(self) -> str:
        return self.code


class LayerFile(models.Model):
    """A picture file of a product, by the path that layers name; its bytes by content."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="layer_files", verbose_name=_("product")
    )
    path = models.CharField(_("path"), max_length=200)
    sha = models.CharField(_("content hash"), max_length=64)

    class Meta:
        ordering = ["path"]
        verbose_name = _("picture file")
        verbose_name_plural = _("picture files")
        constraints = [
            models.UniqueConstraint(fields=["product", "path"], name="layer_path_once_a_product")
        ]

    def __str__(self) -> str:
        return self.path
