"""How a text will come out: how much of its room it takes, and what the typeface lacks."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.decency import NOTE, coarse_word
from configurator.wizard.entering import DEFAULT_LENGTH, accepted
from configurator.wizard.glyphs import missing_words
from configurator.wizard.preview.anchors import Line, line_of
from configurator.wizard.preview.fonts import face
from configurator.wizard.telling import length

MEASURED = 480  # px, the size in which texts and capitals are measured


@dataclass(frozen=True)
class Setting:
    """A text set in its place. `fit` is 1, or by how much it shrinks to its room; measures in mm
    are 0 where nothing tells them."""

    fit: float
    width_mm: float
    room_mm: float
    letter_mm: float


@dataclass(frozen=True)
class WritingView:
    """What is said under a text field while it is written."""

    count: int
    limit: int
    width: str
    shrinks: str
    missing: tuple[str, ...]
    note: str

    @property
    def over(self) -> bool:
        return self.count > self.limit


def setting_of(
    product: ReleasedProduct, whole: Configuration, option: str, text: str
) -> Setting | None:
    """How a text is set in a complete design; None where the picture has no place for it."""
    line = line_of(product, whole, option)
    return set_in(line, text) if line and text else None


def set_in(line: Line, text: str) -> Setting:
    """A text on a line: as the renderer sets it, in millimeters."""
    length = face(line.font, MEASURED).getlength(" ".join(text.split())) / MEASURED * line.size
    fit = min(1.0, line.max_width / length) if length else 1.0
    if not line.letter_mm or not line.size:
        return Setting(fit, 0.0, 0.0, 0.0)
    scale = line.letter_mm / (capital(line.font) * line.size)  # mm a scene pixel
    room = line.width_mm or line.max_width * scale
    return Setting(fit, length * fit * scale, room, line.letter_mm * fit)


@lru_cache(maxsize=64)
def capital(font: str) -> float:
    """The height of capitals, as a share of the font's size."""
    box = face(font, MEASURED).getbbox("H", anchor="ls")
    return max(0.1, -box[1] / MEASURED)


def writing_view(
    product: ReleasedProduct, whole: Configuration, option: OptionInfo, text: str, locale: str
) -> WritingView:
    """`text` is what is written now, checked or not."""
    found = setting_of(product, whole, option.code, text)
    coarse = coarse_word(text) if settings.TEXT_PROFANITY == NOTE else ""
    lacking = missing_words(product, option.code, whole.choices, accepted(option, text), locale)
    note = _("“%(word)s” may offend. We make it if you mean it.") % {"word": coarse}
    return WritingView(
        count=len(text),
        limit=option.max_length or DEFAULT_LENGTH,
        width=_width(found, locale) if found else "",
        shrinks=_shrinks(found, locale) if found else "",
        missing=tuple(lacking),
        note=note if coarse else "",
    )


def _width(found: Setting, locale: str) -> str:
    if not found.room_mm:
        return ""
    width, room = (length(mm, locale) for mm in (found.width_mm, found.room_mm))
    return _("%(width)s of %(room)s wide") % {"width": width, "room": room}


def _shrinks(found: Setting, locale: str) -> str:
    """What it means that the text is longer than its room."""
    if found.fit > 0.995:
        return ""
    if not found.letter_mm:
        told = _("Long for its place: the letters are set at %(percent)s %% of their size.")
        return told % {"percent": round(found.fit * 100)}
    told = _("Long for its place: capitals become %(height)s high instead of %(full)s.")
    full = length(found.letter_mm / found.fit, locale, 1)
    return told % {"height": length(found.letter_mm, locale, 1), "full": full}
