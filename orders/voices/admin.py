"""What customers say, for the marketer: looked at, and approved or declined."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.base import Fixed
from configurator.catalog.admin.plain import PlainAdmin
from orders.voices.models import Voice


@admin.register(Voice)
class VoiceAdmin(Fixed, PlainAdmin):
    """Nothing of it is written here but what is decided."""

    list_display = ("said_at", "stars", "product", "words", "public", "state")
    list_filter = ("state", "stars", "public", "language")
    search_fields = ("words", "author")
    list_per_page = 50
    fields = (
        *("said_at", "product", "stars", "words", "author", "public", "language", "photo"),
        *("state", "note"),
    )
    readonly_fields = fields[:8]
    actions = ("approve", "decline")
    list_select_related = ("specification",)

    @admin.display(description=_("product"))
    def product(self, voice: Voice) -> str:
        return str(voice.specification.content["product"]["name"].get("en", ""))

    @admin.action(description=_("Approve: it may be shown where its author agrees"))
    def approve(self, request: HttpRequest, rows: QuerySet[Voice]) -> None:
        rows.update(state=Voice.State.APPROVED)

    @admin.action(description=_("Decline"))
    def decline(self, request: HttpRequest, rows: QuerySet[Voice]) -> None:
        rows.update(state=Voice.State.DECLINED)
