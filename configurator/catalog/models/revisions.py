"""What every change of a catalog row has made of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One row before and after one change.

    The states are the row's columns as JSON; `before` is None when it was added, `after` when it
    was deleted. Rows are named by their model and key, so that the
    history of a row outlasts it. What was changed at once has one `change`.
    """

    change = models.UUIDField(_("change"), db_index=True)
    model = models.CharField(_("kind"), max_length=30)  # "option"
    row = models.BigIntegerField(_("row"))
    product_key = models.BigIntegerField(_("product"), null=True)  # None: a work center
    label = models.CharField(_("name"), max_length=200)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.CharField(_("by"), max_length=150, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [
            models.Index(fields=["model", "row"], name="revisions_of_a_row"),
            models.Index(fields=["product_key", "-id"], name="revisions_of_a_product"),
        ]

    def __str__(self) -> str:
        return self.label
