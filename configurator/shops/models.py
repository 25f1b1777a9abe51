"""Whose pages may show ours, how ours look in them, and who visits there."""

import re
from decimal import Decimal

from babel.numbers import get_currency_precision, list_currencies
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.shops.charging import Charge

ORIGIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9-]+(?::\d{1,5})?\Z")
LOCAL = re.compile(r"http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?\Z")
check_color = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Enter a color like #9c3d1c."))


def origins_in(text: str) -> list[str]:
    """The origins written one a line, tidied; ValidationError names what is none."""
    found = [line.strip().rstrip("/").lower() for line in text.splitlines() if line.strip()]
    for origin in found:
        if not ORIGIN.match(origin):
            message = _("“%(origin)s” is not the address of a site, like https://www.example.com.")
            raise ValidationError(message, params={"origin": origin[:80]})
        if origin.startswith("http:") and not LOCAL.match(origin):
            message = _("“%(origin)s” must begin with https://: what is sent there is personal.")
            raise ValidationError(message, params={"origin": origin[:80]})
    return list(dict.fromkeys(found))


def check_currency(code: str) -> None:
    """Refuse what is no currency."""
    if code not in list_currencies():
        raise ValidationError(_("Enter the three letters of a currency, like EUR."))


def check_origins(text: str) -> None:
    origins_in(text)


class Shop(models.Model):
    """A brand's own site. `origins` are those of the pages that may frame ours and read the API."""

    code = models.SlugField(_("code"), unique=True, help_text=_("Stands in the address."))
    name = models.CharField(_("name"), max_length=120)
    origins = models.TextField(
        _("sites"),
        help_text=_("Whose pages may show ours: one a line, like https://www.example.com."),
        validators=[check_origins],
        max_length=4000,
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("shop of a brand")
        verbose_name_plural = _("shops of brands")

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """How our pages look in a shop. Colors that are not named here are derived from these."""

    class Font(models.TextChoices):
        OURS = "ours", _("Manrope and Garamond")
        PLAIN = "plain", _("Manrope throughout")
        SYSTEM = "system", _("the reader’s system font")
        SERIF = "serif", _("Garamond throughout")

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="themes")
    code = models.SlugField(_("code"), default="main", help_text=_("What data-theme names."))
    accent = models.CharField(
        _("accent"), max_length=7, default="#9c3d1c", validators=[check_color]
    )
    paper = models.CharField(
        _("background"), max_length=7, default="#faf7f2", validators=[check_color]
    )
    ink = models.CharField(_("text"), max_length=7, default="#211c16", validators=[check_color])
    radius = models.PositiveSmallIntegerField(
        _("roundness"),
        default=12,
        validators=[MaxValueValidator(32)],
        help_text=_("Of corners, in pixels."),
    )
    font = models.CharField(_("font"), max_length=10, choices=Font, default=Font.OURS)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [models.UniqueConstraint(fields=["shop", "code"], name="one_theme_a_code")]

    def __str__(self) -> str:
        return self.code


class Rate(models.Model):
    """What one unit of a currency is in another: to tell customers about how much it is, or, where
    it is `charged`, for what they pay."""

    class Rounding(models.TextChoices):
        CENT = "0.01", _("to the cent")
        ONE = "1", _("to whole units")
        FIVE = "5", _("to 5")
        TEN = "10", _("to 10")
        NINETY = "0.90", _("to .90")
        NINETY_FIVE = "0.95", _("to .95")
        NINETY_NINE = "0.99", _("to .99")

    base = models.CharField(_("from"), max_length=3, default="EUR", validators=[check_currency])
    currency = models.CharField(_("to"), max_length=3, validators=[check_currency])
    rate = models.DecimalField(
        _("rate"),
        max_digits=14,
        decimal_places=6,
        validators=[MinValueValidator(Decimal("0.000001"))],
        help_text=_("How much of the second one unit of the first is."),
    )
    rounding = models.CharField(
        _("rounded"),
        max_length=5,
        choices=Rounding,
        default=Rounding.ONE,
        help_text=_("Of one piece without tax, where customers pay in it."),
    )
    charged = models.BooleanField(
        _("customers pay in it"),
        default=False,
        help_text=_("Otherwise amounts are told beside the price, as about so much."),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["base", "currency"]
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [models.UniqueConstraint(fields=["base", "currency"], name="one_rate_a_pair")]

    def __str__(self) -> str:
        return f"{self.base} → {self.currency}"

    def clean(self) -> None:
        if self.base and self.base == self.currency:
            raise ValidationError({"currency": _("Choose another currency than the first.")})
        if self.charged and self.currency and get_currency_precision(self.currency) != 2:
            raise ValidationError({"charged": _("Only currencies with hundredths can be paid in.")})

    @property
    def charge(self) -> Charge:
        return Charge(self.base, self.currency, self.rate, self.rounding)

    def convert(self, amount: Decimal) -> Decimal:
        """An amount in the other currency, rounded half up as the row says; never to nothing."""
        return Decimal(self.charge.of(int(amount.scaleb(2)))) / 100


class Visit(models.Model):
    """A visitor's cookies in a frame: kept here, because browsers keep none for frames of others.

    `sha` is the hash of the token that stands in the addresses of the visit's pages.
    """

    sha = models.CharField(primary_key=True, max_length=64)
    shop = models.ForeignKey(Shop, models.CASCADE)
    cookies = models.JSONField(default=dict)
    seen_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return self.sha[:12]
