"""What is asked of customers and given for it, and the words that they allow."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from modeltranslation.admin import TranslationStackedInline

from configurator.catalog.admin.plain import TextsAdmin
from personalization.people.exchanges import Exchange, Question

if TYPE_CHECKING:
    InlineBase = TranslationStackedInline[Any, Any]
else:
    InlineBase = TranslationStackedInline


class QuestionInline(InlineBase):
    model = Question
    extra = 1


@admin.register(Exchange)
class ExchangeAdmin(TextsAdmin):
    list_display = ("name", "purpose", "promotion", "active")
    inlines = (QuestionInline,)
