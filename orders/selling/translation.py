"""Which texts exist once a language."""

from modeltranslation.translator import TranslationOptions, register

from orders.selling.models import ShippingOption


@register(ShippingOption)
class ShippingTexts(TranslationOptions):
    fields = ("name",)
