"""Which texts exist once a language."""

from modeltranslation.translator import TranslationOptions, register

from personalization.offering.models import Offer


@register(Offer)
class OfferTexts(TranslationOptions):
    fields = ("why",)
