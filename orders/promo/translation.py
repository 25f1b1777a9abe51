"""Which texts exist once a language."""

from modeltranslation.translator import TranslationOptions, register

from orders.promo.models import Promotion


@register(Promotion)
class PromotionTexts(TranslationOptions):
    fields = ("name",)
