"""What is known about each product, and whether it is used."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models import Product


class Knowledge(models.Model):
    """What was learned about a product. `artifact` names a file by its content (artifacts.py)."""

    product = models.OneToOneField(
        Product, models.CASCADE, related_name="knowledge", verbose_name=_("product")
    )
    on = models.BooleanField(_("recommend"), default=True)
    artifact = models.CharField(_("what was learned"), max_length=64, blank=True)
    customers = models.PositiveIntegerField(_("customers learned from"), default=0)
    learned_at = models.DateTimeField(_("learned"), null=True, blank=True)
    # Of customers held out: {"tried", "mean", "popular", "steps": [[known, rate, popular]]}
    success = models.JSONField(_("success"), default=dict, blank=True)
    # Ordered since it was learned: a job is on its way.
    waiting = models.BooleanField(_("to be learned anew"), default=False)

    class Meta:
        verbose_name = _("what the recommender knows")
        verbose_name_plural = _("what the recommender knows")

    def __str__(self) -> str:
        return str(self.product)
