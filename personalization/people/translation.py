"""Which texts exist once a language."""

from modeltranslation.translator import TranslationOptions, register

from personalization.people.exchanges import Exchange, Question


@register(Exchange)
class ExchangeTexts(TranslationOptions):
    fields = ("name", "text")


@register(Question)
class QuestionTexts(TranslationOptions):
    fields = ("label",)
