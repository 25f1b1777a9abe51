"""Which texts exist once a language."""

from modeltranslation.translator import TranslationOptions, register

from orders.factory.models import Stage


@register(Stage)
class StageTexts(TranslationOptions):
    fields = ("name",)
