"""Something told for something given: what a firm asks, what it gives for it, and to whom."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.promo.models import PromoCode, Promotion
from personalization.people.models import Person
from personalization.people.purposes import Purpose


class Exchange(models.Model):
    """What is asked, and the promotion of which whoever answers gets a code of their own."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(
        pgettext_lazy("exchange", "name"),
        max_length=80,
        help_text=_("Customers read it, like “Your size, for 5 % off”."),
    )
    text = models.TextField(_("what it is for"), max_length=500)
    purpose = models.CharField(
        _("what for"), max_length=20, choices=Purpose, default=Purpose.RECOMMENDATIONS
    )
    promotion = models.ForeignKey(
        Promotion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name=_("promotion"),
        help_text=_("Whoever answers gets a code of it, for one order. None: only thanks."),
    )
    active = models.BooleanField(pgettext_lazy("exchange", "active"), default=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One thing that is asked; the answer is a fact by the question's code."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("a number")
        CHOICE = "choice", _("one of a list")
        DAY = "day", _("a day of the year, like a birthday")

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="questions")
    code = models.SlugField(
        _("code"),
        max_length=40,
        help_text=_("The name of the fact in rules, like “height”; without hyphens."),
    )
    label = models.CharField(_("question"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NUMBER)
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    low = models.FloatField(_("from"), null=True, blank=True)
    high = models.FloatField(_("to"), null=True, blank=True)
    choices = models.TextField(
        _("list"), blank=True, max_length=2000, help_text=_("One a line, for “one of a list”.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["exchange", "code"], name="asked_once_an_exchange")
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """A name that rules can read, a list where one chooses, an order of the bounds."""
        if not self.code.replace("_", "").isalnum() or self.code[:1].isdigit():
            raise ValidationError({"code": _("Only letters, digits and “_”, a letter first.")})
        if self.kind == self.Kind.CHOICE and len(self.listed) < 2:
            raise ValidationError({"choices": _("Write at least two, one a line.")})
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValidationError({"high": _("It is less than where it begins.")})

    @property
    def listed(self) -> list[str]:
        """What can be chosen."""
        return [line.strip()[:60] for line in self.choices.splitlines() if line.strip()]


class Given(models.Model):
    """Somebody answered, and got a code for it; until they take it back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="given")
    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="given")
    code = models.ForeignKey(
        PromoCode, models.SET_NULL, null=True, blank=True, related_name="given_for"
    )
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "exchange"],
                condition=models.Q(withdrawn_at=None),
                name="given_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.exchange} {self.at:%Y-%m-%d}"


class Effect(models.Model):
    """What something that somebody told has changed for them: of what, how often, when last."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="effects")
    fact = models.CharField(max_length=60)
    what = models.CharField(max_length=40)
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "fact", "what"], name="effect_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.what}"
