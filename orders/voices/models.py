"""What customers say of what they got, who was asked, and who does not want to be."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models import Order, OrderLine, Specification


class Voice(models.Model):
    """What a customer says of one line: of the specification and revision that they got.

    `public` is their leave to show it; it is shown nowhere before a marketer has approved it.
    """

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("voice", "to be looked at")
        APPROVED = "approved", pgettext_lazy("voice", "approved")
        DECLINED = "declined", pgettext_lazy("voice", "declined")

    line = models.OneToOneField(OrderLine, models.CASCADE, related_name="voice")
    specification = models.ForeignKey(Specification, models.PROTECT, related_name="voices")
    revision = models.PositiveIntegerField(_("revision of the design"))
    stars = models.PositiveSmallIntegerField(
        _("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    words = models.TextField(_("words"), max_length=2000, blank=True)
    author = models.CharField(_("name to show"), max_length=40, blank=True)
    photo = models.CharField(_("photo"), max_length=64, blank=True)  # SHA-256 in MEDIA_ROOT
    public = models.BooleanField(_("may be shown"), default=False)
    language = models.CharField(_("language"), max_length=10, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    note = models.CharField(_("why"), max_length=200, blank=True)
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        ordering = ["-said_at"]
        verbose_name = _("voice of a customer")
        verbose_name_plural = _("voices of customers")
        indexes = [models.Index(fields=["said_at"], name="voice_said")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stars__gte=1, stars__lte=5), name="voice_stars_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stars}/5 {self.line}"


class Invitation(models.Model):
    """The one mail that asks, of an order."""

    order = models.OneToOneField(Order, models.CASCADE, related_name="invitation")
    sent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.order)


class Quiet(models.Model):
    """An address that does not want to be asked; only its keyed hash is kept."""

    sha = models.CharField(primary_key=True, max_length=64)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha[:12]
