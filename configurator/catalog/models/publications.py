"""Publications: contents on their way to be live, and what they do to open designs."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.catalog.models.products import Product
from configurator.catalog.models.releases import Release


class Publication(models.Model):
    """A content that somebody wants live, frozen when it was asked for.

    It is checked by a job; then it is live, refused, waits for an answer (`asking`), or for its
    moment (`goes_live_at`). `revives` is the earlier release whose content it is. `problems` are
    why it was refused: a message, and the codes of its `path` and its `causes` each. `results`
    are the counts of what was replayed.
    """

    class State(models.TextChoices):
        CHECKING = "checking", pgettext_lazy("publication", "being checked")
        ASKING = "asking", pgettext_lazy("publication", "waits for an answer")
        SCHEDULED = "scheduled", pgettext_lazy("publication", "scheduled")
        LIVE = "live", pgettext_lazy("publication", "went live")
        REFUSED = "refused", pgettext_lazy("publication", "refused")
        CANCELED = "canceled", pgettext_lazy("publication", "canceled")

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        COMPILING = "compiling", _("Compiling")
        TRYING = "trying", _("Trying out formulas and test cases")
        SAMPLING = "sampling", _("Comparing sampled designs with the live release")
        REPLAYING = "replaying", _("Replaying customers’ designs")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="publications", verbose_name=_("product")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKING)
    content = models.JSONField(_("content"))
    sha = models.CharField(_("content hash"), max_length=64)
    revives = models.ForeignKey(
        Release, models.CASCADE, null=True, related_name="+", verbose_name=_("brings back")
    )
    notes = models.TextField(_("notes"), blank=True)
    by = models.CharField(_("by"), max_length=150, blank=True)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.WAITING)
    stage_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    designs = models.CharField(_("valid designs"), max_length=400, blank=True)
    reason = models.TextField(_("why it is searched"), blank=True)
    space = models.CharField(_("compiled space"), max_length=64, blank=True)
    problems = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    results = models.JSONField(default=dict, blank=True)
    goes_live_at = models.DateTimeField(_("goes live"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    release = models.ForeignKey(
        Release,
        models.SET_NULL,
        null=True,
        related_name="publications",
        verbose_name=_("release"),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["-began_at"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["product"],
                condition=models.Q(state="checking"),
                name="one_publication_is_checked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def open(self) -> bool:
        """Whether it may still be canceled."""
        return self.state in (self.State.CHECKING, self.State.ASKING, self.State.SCHEDULED)


class AffectedDesign(models.Model):
    """A design that a publication would change or break: a customer's, or a sampled one.

    `moves` are the choices that would change, in every language (`Move.to_json` of replaying.py);
    totals are net. `parts` are the quantities that differ, by code: before and after.
    """

    class Effect(models.TextChoices):
        BREAKS = "breaks", pgettext_lazy("design", "would break")
        PRICE = "price", pgettext_lazy("design", "price differs")
        PARTS = "parts", pgettext_lazy("design", "parts differ")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="affected")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    effect = models.CharField(max_length=10, choices=Effect)
    before = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    after = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    moves = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    choices = models.JSONField(default=list)  # of a sampled design: name and value, by language

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["publication", "kind", "effect"], name="affected_list")]

    def __str__(self) -> str:
        return self.label
