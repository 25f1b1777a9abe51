"""What customers enter, checked: values of options, numbers, and texts."""

import re
import unicodedata
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from configurator.catalog import measures
from configurator.catalog.configuration import exact
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Value
from configurator.wizard.decency import REFUSE, coarse_word, emoji_in
from configurator.wizard.errors import BadInput, UnknownOption
from configurator.wizard.glyphs import instead
from configurator.wizard.telling import number as tell

NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?\Z", re.ASCII)
SHOWN = 80
"""So many characters of an entry that can't be right are shown again."""
DEFAULT_LENGTH = 200
VARIANT = re.compile("([\u2605\u2606\u2660-\u2667\u2669-\u266f\u00a9\u00ae\u2122])\ufe0f")
MAX_MARKS = 2
"""So many combining marks may follow one letter."""
YES, NO = "yes", "no"


def option_of(product: ReleasedProduct, code: str, *kinds: str) -> OptionInfo:
    """The product's option with this code, which must be of one of the kinds."""
    option = product.options.get(code)
    if option is None or (kinds and option.kind not in kinds):
        raise UnknownOption(code)
    return option


def read_value(product: ReleasedProduct, code: str, entered: str, locale: str) -> Value:
    """The value that `entered` names for a choice, toggle or number option."""
    option = option_of(product, code, "choice", "toggle", "number")
    if option.kind == "number":
        return _number(option, entered, locale)
    if option.kind == "toggle":
        if entered in (YES, NO):
            return entered == YES
    elif entered != NONE and option.choice(entered):
        return entered
    raise BadInput(code, entered[:SHOWN], _("This is not one of the choices."))


def write_value(value: Value) -> str:
    """A value as a form posts it; `read_value` reads it back."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value) if isinstance(value, str | int) else f"{value:f}"


def _number(option: OptionInfo, entered: str, locale: str) -> Value:
    """The number, which must lie on a step between the smallest and the largest."""
    low, high, step = _range(option)
    number = _entered(option, entered, locale)
    unit = f" {option.unit}" if option.unit else ""
    if number is None or not low <= number <= high:
        message = _("Enter a number from %(low)s to %(high)s%(unit)s.")
        raise BadInput(option.code, entered[:SHOWN], message % _bounds(option, locale))
    steps, rest = divmod(number - low, step)
    if rest:
        below = low + steps * step
        near = [tell(exact(n), locale) for n in (below, below + step) if n <= high]
        message = _("Steps of %(step)s%(unit)s are possible: %(near)s.")
        parts = {"step": tell(exact(step), locale), "unit": unit, "near": " · ".join(near)}
        raise BadInput(option.code, entered[:SHOWN], message % parts)
    return exact(number)


def _entered(option: OptionInfo, entered: str, locale: str) -> Decimal | None:
    """The number that was meant, None if it is out of reach. What is in inches is taken to the
    nearest step."""
    if found := measures.read(entered, option.unit):
        length, in_inches = found
        if in_inches:
            return measures.grid_of(option).nearest(length)
        exactly = length / measures.LENGTHS[option.unit]
        return Decimal(exactly.numerator) / Decimal(exactly.denominator)
    text = entered.strip().replace(" ", "")
    if not NUMBER.match(text):
        if measures.in_inches(option.unit):
            message = _("Enter a measure, like 33 1/2 or 850 mm.")
            raise BadInput(option.code, entered[:SHOWN], message)
        raise BadInput(option.code, entered[:SHOWN], _("Enter a number, like 850."))
    return Decimal(text.replace(",", "."))


def _bounds(option: OptionInfo, locale: str) -> dict[str, str]:
    """From where to where it goes, as the customer measures."""
    low, high, _step = _range(option)
    if measures.in_inches(option.unit):
        grid = measures.grid_of(option)
        return {"low": grid.inches(low), "high": grid.inches(high), "unit": "\u2033"}
    unit = f" {option.unit}" if option.unit else ""
    return {"low": tell(low, locale), "high": tell(high, locale), "unit": unit}


def _range(option: OptionInfo) -> tuple[Decimal, Decimal, Decimal]:
    return (
        Decimal(option.minimum or 0),
        Decimal(option.maximum or 0),
        Decimal(option.step_size or 1),
    )


def read_text(option: OptionInfo, entered: str) -> str:
    """The text, normalized and without outer blanks; BadInput names what it may not hold."""
    text = plain_marks(unicodedata.normalize("NFC", entered).strip())
    limit = option.max_length or DEFAULT_LENGTH
    for check in (_emoji, _hidden, _marks, _length, _outside, _coarse):
        if message := check(option, text, limit):
            raise BadInput(option.code, entered[: max(limit * 4, SHOWN)], message)
    return text


def accepted(option: OptionInfo, text: str) -> str:
    """The text without the characters that no typeface would help: `read_text` names those."""
    for emoji in emoji_in(text):
        text = text.replace(emoji, "")
    if not option.characters:
        return text
    return "".join(re.findall(f"[{option.characters}]", text))


def plain_marks(text: str) -> str:
    """A heart stays a heart: signs that letters have as well lose the wish to be an emoji."""
    return VARIANT.sub(r"\1", text)


def _emoji(option: OptionInfo, text: str, limit: int) -> str:
    found = emoji_in(text[: limit * 8])
    if not found:
        return ""
    return _("Emoji can’t be made here: %(emoji)s. Please write it in letters.") % {
        "emoji": " ".join(f"“{each}”" for each in found[:6])
    }


def _coarse(option: OptionInfo, text: str, limit: int) -> str:
    word = coarse_word(text) if settings.TEXT_PROFANITY == REFUSE else ""
    return (
        _("We’d rather not make “%(word)s”. Please choose another word.") % {"word": word}
        if word
        else ""
    )


def _hidden(option: OptionInfo, text: str, limit: int) -> str:
    """Control characters, direction overrides, lone surrogates, private and unassigned ones."""
    for place, character in enumerate(text[: limit * 8], 1):
        category = unicodedata.category(character)
        if category in ("Zl", "Zp") or (category == "Cc" and character in "\n\r"):
            return _("Write it on one line.")
        if category.startswith("C"):
            return _("There is an invisible character (U+%(code)04X) at place %(place)s.") % {
                "code": ord(character),
                "place": place,
            }
    return ""


def _marks(option: OptionInfo, text: str, limit: int) -> str:
    run = 0
    for character in text[: limit * 8]:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MAX_MARKS:
            return _("There are too many marks on one letter.")
    return ""


def _length(option: OptionInfo, text: str, limit: int) -> str:
    if len(text) <= limit:
        return ""
    return _("At most %(limit)s characters; these are %(count)s.") % {
        "limit": limit,
        "count": len(text),
    }


def _outside(option: OptionInfo, text: str, limit: int) -> str:
    """Characters outside the set that the option allows."""
    if not option.characters:
        return ""
    allowed = re.compile(f"[{option.characters}]")
    outside = dict.fromkeys(c for c in text if not allowed.match(c))
    if not outside:
        return ""
    shown = " ".join(f"“{character}”" for character in list(outside)[:6])
    told = _("We can’t write %(characters)s here.") % {"characters": shown}
    return " ".join([told, *instead(list(outside)[:6], lambda c: bool(allowed.match(c)))])
