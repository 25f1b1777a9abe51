"""Shops of brands: their sites, how our pages look there, and what to write into theirs."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import Textarea
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from configurator.catalog.admin.base import KnownRows
from configurator.shops.models import Rate, Shop, Theme
from configurator.shops.themes import contrasts, unreadable

if TYPE_CHECKING:
    FormBase = forms.ModelForm[Theme]
    InlineBase = admin.StackedInline[Theme, Shop]
else:
    FormBase = forms.ModelForm
    InlineBase = admin.StackedInline

LOGO_BYTES = 512 * 1024
LOGO_FORMATS = ("PNG", "WEBP", "JPEG")


class ThemeForm(FormBase):
    """Refuses what can't be read, and says by how much."""

    class Meta:
        model = Theme
        fields = ("code", "accent", "paper", "ink", "radius", "font", "logo", "position")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        colors = [data.get(name) for name in ("accent", "paper", "ink")]
        if all(colors):
            for field, message in unreadable(*(str(color) for color in colors)).items():
                self.add_error(field, message)
        return data

    def clean_logo(self) -> Any:
        logo = self.cleaned_data.get("logo")
        if logo and "logo" in self.changed_data:
            if logo.size > LOGO_BYTES:
                raise ValidationError(_("At most 512 kB."))
            if _format(logo) not in LOGO_FORMATS:
                raise ValidationError(_("Choose a PNG, JPEG or WebP picture."))
        return logo


def _format(upload: Any) -> str:
    upload.seek(0)
    try:
        with Image.open(upload) as image:
            return image.format or ""
    except (UnidentifiedImageError, OSError, ValueError):
        return ""
    finally:
        upload.seek(0)


class ThemeInline(InlineBase):
    model = Theme
    form = ThemeForm
    extra = 0
    readonly_fields = ("measured",)

    @admin.display(description=gettext_lazy("contrast, measured"))
    def measured(self, theme: Theme) -> str:
        if theme.pk is None:
            return _("Told once it is saved.")
        return format_html_join(" · ", "{}", ((line,) for line in contrasts(theme)))


@admin.register(Shop)
class ShopAdmin(KnownRows):
    """A brand's site."""

    list_display = ("name", "code", "origins", "active")
    fields = ("name", "code", "origins", "active", "snippet")
    readonly_fields = ("snippet",)
    inlines = (ThemeInline,)

    @admin.display(description=gettext_lazy("for its pages"))
    def snippet(self, shop: Shop) -> str:
        if not shop.pk:
            return _("Told once it is saved.")
        source = f"{settings.SITE_URL.rstrip('/')}/in/{shop.code}/embed.js"
        told = f'<script src="{source}" data-product="…" data-lang="en"></script>'
        return format_html("<code>{}</code>", told)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "origins":
            kwargs["widget"] = Textarea(attrs={"rows": 3, "cols": 60})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Rate)
class RateAdmin(KnownRows):
    """Rates by which prices are told in other currencies, beside the price, or charged."""

    list_display = ("base", "currency", "rate", "rounding", "charged", "changed_at")
