"""A brochure as a file: its pictures by the one renderer, its leaves, its bytes."""

from uuid import UUID

from django.utils import translation

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.wizard.preview import render_picture
from personalization.brochures.card import back, front
from personalization.brochures.card.content import Content, Pictured
from personalization.brochures.press import single
from personalization.brochures.press.intent import About, Condition
from personalization.brochures.press.leaf import Leaf

ACROSS = 1530  # px: 252 dpi over the front and its bleed
SMALL = 400  # px: 260 dpi at 39 mm


def leaves(content: Content) -> list[Leaf]:
    """Both sides."""
    with translation.override(content.language):
        shown = [_picture(other.picture) for other in content.others]
        return [front.draw(content, _picture(content.hero.picture)), back.draw(content, shown)]


def pdf(content: Content, meant: Condition) -> bytes:
    """The file of one brochure: the same content always gives the same bytes."""
    about = About(content.reference, content.firm, content.language)
    return single.pdf(leaves(content), about, meant)


def _picture(pictured: Pictured | None) -> bytes | None:
    if pictured is None:
        return None
    product = released(UUID(pictured.release))
    configuration = Configuration.from_json(dict(pictured.configuration))
    return render_picture(product, configuration, width=pictured.width, format="jpeg")
