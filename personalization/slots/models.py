"""What may stand at a place, and for whom."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from personalization.offering.models import Offer
from personalization.segments.models import Segment


class Variant(models.Model):
    """One of the things that may fill a place. Of those that fit a visitor the one with the highest
    priority is shown; where none does, the page's own default stands.

    Texts are by language. `items`: products by their code, or designs to begin with as
    "product/code", those that come first. `picture` names a product or such a design.
    """

    class Whom(models.TextChoices):
        EVERYBODY = "everybody", pgettext_lazy("whom", "everybody")
        VISIT = "visit", _("whoever has such a design in this visit")
        SEGMENT = "segment", _("people in a segment")
        RULE = "rule", _("people whom a rule is true of")

    class Source(models.TextChoices):
        HAND = "hand", _("as written here")
        FINISHED = "finished", _("designs of this visit, finished as others did")
        TOGETHER = "together", _("what is ordered together with it")
        SEEN = "seen", _("what somebody looked at and designed comes first")
        OFFER = "offer", _("an offer of theirs, with its code")

    place = models.CharField(_("place"), max_length=20)
    name = models.CharField(pgettext_lazy("variant", "name"), max_length=80)
    on = models.BooleanField(_("shown"), default=True)
    priority = models.PositiveSmallIntegerField(_("priority"), default=50)
    whom = models.CharField(_("for whom"), max_length=9, choices=Whom, default=Whom.EVERYBODY)
    segment = models.ForeignKey(
        Segment, models.SET_NULL, null=True, blank=True, verbose_name=_("segment")
    )
    rule = models.TextField(_("rule"), blank=True, max_length=2000)
    visit_product = models.CharField(_("design of"), max_length=60, blank=True)
    visit_choice = models.CharField(_("in which is chosen"), max_length=130, blank=True)
    product = models.CharField(_("only with the product"), max_length=60, blank=True)
    source = models.CharField(_("what is shown"), max_length=8, choices=Source, default=Source.HAND)
    offer = models.ForeignKey(
        Offer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("offer"),
        help_text=_("Only to whom it is for. Empty: of all that are theirs, what ends first."),
    )
    items = models.JSONField(_("these first"), default=list, blank=True)
    title = models.JSONField(_("title"), default=dict, blank=True)
    text = models.JSONField(_("text"), default=dict, blank=True)
    button = models.JSONField(_("button"), default=dict, blank=True)
    link = models.CharField(_("link"), max_length=200, blank=True)
    picture = models.CharField(_("picture"), max_length=130, blank=True)
    experiment = models.SlugField(_("experiment"), max_length=60, blank=True)
    arm = models.SlugField(_("arm"), max_length=40, blank=True)
    needed = models.BooleanField(_("belongs to the order"), default=False)
    since = models.DateTimeField(_("from"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["place", "-priority", "id"]
        verbose_name = _("variant of a page")
        verbose_name_plural = _("variants of pages")
        indexes = [models.Index(fields=["place"], condition=Q(on=True), name="variant_shown")]

    def __str__(self) -> str:
        return self.name

    @property
    def knows_people(self) -> bool:
        """Whether it is shown by what is known of somebody."""
        return self.whom in (self.Whom.SEGMENT, self.Whom.RULE)

    @property
    def must_be_said(self) -> bool:
        """Whether an order needs it, whoever wants no news: words may, what is found does not."""
        return self.needed and self.source == self.Source.HAND

    def is_due(self, now: datetime) -> bool:
        """Whether its time is now."""
        return (self.since is None or self.since <= now) and (
            self.until is None or now < self.until
        )
