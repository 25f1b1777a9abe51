"""Which catalog texts exist once a language."""

from modeltranslation.translator import TranslationOptions, register

from configurator.catalog.models import (
    Choice,
    Inspiration,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
    Step,
    WorkCenter,
)


@register(Product)
class ProductTexts(TranslationOptions):
    fields = ("name", "tagline", "description")


@register([Step, Choice])
class NamedTexts(TranslationOptions):
    fields = ("name", "help")


@register(Option)
class OptionTexts(TranslationOptions):
    fields = ("name", "help", "placeholder")


@register(Inspiration)
class InspirationTexts(TranslationOptions):
    fields = ("name", "text")


@register(Rule)
class RuleTexts(TranslationOptions):
    fields = ("message",)


@register(PriceRule)
class PriceRuleTexts(TranslationOptions):
    fields = ("label",)


@register(Part)
class PartTexts(TranslationOptions):
    fields = ("name", "material")


@register(WorkCenter)
class NameTexts(TranslationOptions):
    fields = ("name",)


@register(Operation)
class OperationTexts(TranslationOptions):
    fields = ("name", "instructions", "tooling")
