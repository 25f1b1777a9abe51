"""What was printed: batches of papers over many work orders, and which copy each was."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.factory.models.work_orders import WorkOrder
from orders.models import Paper


class PrintBatch(models.Model):
    """Papers that somebody asked for, drawn in the background into files.

    `key` comes with the form: the same one sent twice is one batch. `files` are the finished ones:
    name, SHA-256 in PAPERS_DIR, pages. `done` of `total` pieces of work are drawn.
    """

    class State(models.TextChoices):
        DRAWING = "drawing", pgettext_lazy("batch of papers", "being drawn")
        READY = "ready", pgettext_lazy("batch of papers", "ready")

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("by"), max_length=150, blank=True)  # stays when the account goes
    at = models.DateTimeField(_("at"), default=timezone.now)
    papers = models.JSONField(_("papers"), default=list)
    size = models.CharField(_("paper size"), max_length=10, choices=Paper.Size)
    language = models.CharField(_("language"), max_length=10)
    second_language = models.CharField(_("second language"), max_length=10, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAWING)
    total = models.PositiveIntegerField(_("to draw"), default=0)
    done = models.PositiveIntegerField(_("drawn"), default=0)
    files = models.JSONField(_("files"), default=list, blank=True)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("batch of papers")
        verbose_name_plural = _("batches of papers")

    def __str__(self) -> str:
        return f"P-{self.pk}"


class PrintedPaper(models.Model):
    """One kind of paper of one work order in a batch: which copy it is, and of which revision."""

    batch = models.ForeignKey(
        PrintBatch, models.CASCADE, related_name="printed", verbose_name=_("batch of papers")
    )
    work_order = models.ForeignKey(
        WorkOrder, models.CASCADE, related_name="printed", verbose_name=_("work order")
    )
    paper = models.CharField(_("paper"), max_length=20)
    copy = models.PositiveSmallIntegerField(_("copy"))
    revision = models.PositiveSmallIntegerField(_("revision"))
    sha = models.CharField(_("content hash"), max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["work_order", "paper", "copy"], name="printed_copy_once"
            ),
            models.UniqueConstraint(
                fields=["batch", "work_order", "paper"], name="printed_once_a_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_order} {self.paper} {self.copy}"
