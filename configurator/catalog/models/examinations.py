"""What the model's doctor last found in a product."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models.products import Product


class Examination(models.Model):
    """The last examination of a product's rows, and the one that is wanted.

    States are told by the number of the last revision (`wanted`, `seen` and `found_at`); what was
    found is kept by the hash of the content (and its test cases). `quick` needs no compiling,
    `findings` do. Findings are kept as `findings.py` tells.
    """

    class Stage(models.TextChoices):
        IDLE = "idle", _("Nothing is being examined")
        WAITING = "waiting", _("Waiting for a worker")
        READING = "reading", _("Reading the product")
        RULES = "rules", _("Examining the rules")
        TRYING = "trying", _("Compiling and trying out")

    product = models.OneToOneField(Product, models.CASCADE, related_name="examination")
    wanted = models.BigIntegerField(default=-1)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.IDLE)
    stage_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    seen = models.BigIntegerField(default=-1)
    quick = models.JSONField(default=list)
    found_at = models.BigIntegerField(default=-1)
    sha = models.CharField(max_length=64, blank=True)
    findings = models.JSONField(default=list)
    designs = models.CharField(max_length=400, blank=True)
    open_questions = models.JSONField(default=list)
    examined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")

    def __str__(self) -> str:
        return f"{self.product}"
