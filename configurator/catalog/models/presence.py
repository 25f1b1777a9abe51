"""Who has a product's pages open now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models.products import Product


class Presence(models.Model):
    """An admin at a product: which of its pages was open last, and when it was still."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    page = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["user", "product"], name="present_once_a_product")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.page}"
