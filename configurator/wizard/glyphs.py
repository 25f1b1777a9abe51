"""Letters that can't be written, named one by one, with what is possible instead."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import Text, say
from configurator.engine import Choices
from configurator.wizard.preview import missing_glyphs
from configurator.wizard.typeface import font_of, typefaces_of

NEAR = {
    **{"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "ẞ": "SS"},
    **{"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ð": "d", "Ð": "D"},
    **{"’": "'", "‘": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'},
    **{"–": "-", "—": "-", "−": "-", "…": "...", "·": ".", "•": ".", "×": "x", "&": "+"},
}
SHOWN = 5


def nearest(character: str) -> str:
    """What is nearly the same and more often possible; "" if nothing is."""
    if character in NEAR:
        return NEAR[character]
    spread = unicodedata.normalize("NFKD", character)
    plain = "".join(c for c in spread if not unicodedata.combining(c))
    return plain if plain != character and plain.isascii() else ""


def instead(characters: Iterable[str], possible: Callable[[str], bool]) -> list[str]:
    """Sentences that offer what is possible instead."""
    offers = [
        f"“{near}” {_('for')} “{character}”"
        for character in characters
        if (near := nearest(character)) and all(possible(each) for each in near)
    ]
    return [_("Possible: %(offers)s.") % {"offers": ", ".join(offers)}] if offers else []


def missing_words(
    product: ReleasedProduct, code: str, choices: Choices, text: str, locale: str
) -> list[str]:
    """Sentences on each character that the chosen typeface lacks; [] if it has all."""
    font = font_of(product, code, choices)
    lacking = missing_glyphs(font, text) if font and text else []
    faces = typefaces_of(product, code)
    return [
        _about(character, font, _faces_with(character, faces, locale))
        for character in lacking[:SHOWN]
    ]


def _faces_with(character: str, faces: Mapping[str, Text], locale: str) -> list[str]:
    """The names of the product's typefaces that have the character."""
    able = (name for stem, name in faces.items() if not missing_glyphs(stem, character))
    return [say(name, locale) for name in able]


def _about(character: str, font: str, faces: list[str]) -> str:
    near = nearest(character)
    near = near if near and not missing_glyphs(font, near) else ""
    parts = {"character": character, "near": near, "faces": ", ".join(faces)}
    if faces and near:
        told = _("This typeface has no “%(character)s”. Write “%(near)s”, or take %(faces)s.")
    elif faces:
        told = _("This typeface has no “%(character)s”. These have it: %(faces)s.")
    elif near:
        told = _("No typeface here has “%(character)s”. Write “%(near)s” instead.")
    else:
        told = _("No typeface here has “%(character)s”. Please leave it out.")
    return told % parts
