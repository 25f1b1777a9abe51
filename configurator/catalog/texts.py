"""Texts of the catalog, once a language: `{"en": "Frame", "es": "Cuadro"}`."""

from collections.abc import Callable, Mapping

from django.conf import settings

Text = Mapping[str, str]

FALLBACK = "en"


def languages() -> list[str]:
    """The language codes of the catalog, the fallback first."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: code != FALLBACK)


def say(text: Text, locale: str) -> str:
    """`text` in `locale`, else in its base language, in English, in any language, or ""."""
    for code in (locale, locale.split("-")[0], FALLBACK):
        if found := text.get(code):
            return found
    return next((found for found in text.values() if found), "")


def compose(tell: Callable[[str], str]) -> dict[str, str]:
    """The text that `tell(locale)` gives, in every language."""
    return {code: tell(code) for code in languages()}
