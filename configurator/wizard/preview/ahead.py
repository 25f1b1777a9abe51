"""Pictures that many will look at, made ahead as small as they get, by a durable job.

A click never waits for AVIF (accepting.py); what the shop, the gallery and links show is asked for
by people who did not make it, so it is made before the first of them comes.
"""

from collections.abc import Iterator

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.work import RENDER, WARM, ask_for
from configurator.wizard.preview.rendering import Format, render_picture, scene_of

WIDTHS = (480, 720, 960, 1440)
"""Pixels: those in which pages show whole designs."""
FORMATS: tuple[Format, ...] = ("avif", "webp")


def ask_to_warm(*, share: str) -> None:
    """Have the picture of a shared design made; within the transaction of its cause."""
    ask_for(WARM, queue=RENDER, share=share)


def warm_design(product: ReleasedProduct, whole: Configuration) -> int:
    """Make the picture of a complete design in every width and format; how many there are."""
    made = 0
    for width in WIDTHS:
        for format in FORMATS:
            render_picture(product, whole, width=width, format=format)
            made += 1
    return made


def warm_release(product: ReleasedProduct) -> int:
    """What the shop shows of a release: itself from every side, and what to begin from."""
    made = sum(warm_design(product, whole) for whole in _shown(product))
    for view in scene_of(product).views[1:]:
        for format in FORMATS:
            render_picture(product, product.showcase, width=WIDTHS[0], format=format, view=view)
            made += 1
    return made


def _shown(product: ReleasedProduct) -> Iterator[Configuration]:
    yield product.showcase
    for inspiration in product.inspirations:
        yield inspiration.whole
