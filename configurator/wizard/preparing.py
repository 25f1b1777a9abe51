"""Making releases ready before a customer comes: their spaces, and the layers of their pictures.

Whatever is missed here is made at the first visit; that one then waits for seconds.
"""

import hashlib
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db.models import QuerySet

from configurator.catalog.models import Release
from configurator.catalog.queries import released
from configurator.catalog.spaces import is_ready
from configurator.wizard.preview.cache import keep
from configurator.wizard.preview.rendering import LOOK
from configurator.wizard.preview.warming import warm_pictures, warm_smallest
from configurator.wizard.screen import is_pictured

WIDTH = 960
"""Pixels: the width in which most browsers ask for pictures, on phones too."""
DESIGNS = 4
SHOWN = (480, 720, 960, 1440)
"""Pixels: the widths in which the shop shows its products."""
OPENING = "in all widths"
"""How the first design to begin with is made ahead: it is the first picture of the shop."""


class Stage(Protocol):
    """Tells of a piece of work as it begins and ends."""

    def __call__(self, name: str, /) -> AbstractContextManager[object]: ...


def silent(_name: str) -> AbstractContextManager[object]:
    return nullcontext()


def prepare_spaces(stage: Stage = silent) -> int:
    """Make the missing spaces of live releases; how many there were."""
    missing = [release for release in _live() if not is_ready(release.space)]
    for release in missing:
        with stage(f"release {release.number} of {release.product.slug}"):
            released(release.id)
    return len(missing)


def prepare_pictures(stage: Stage = silent) -> int:
    """Cut out the pictures of live releases where that was not done; how many there were."""
    undone = [release for release in _live() if not _mark(release).exists()]
    for release in undone:
        with stage(f"pictures of {release.product.slug}"):
            product = released(release.id)
            if is_pictured(product):
                warm_pictures(product, width=WIDTH, designs=DESIGNS)
                warm_smallest(product, product.showcase, SHOWN)
                for number, each in enumerate(product.inspirations):
                    # The first opens the shop, large; the others stand beside it, small.
                    warm_smallest(product, each.whole, SHOWN[:2] if number else SHOWN)
            keep(_mark(release), b"ready")
    return len(undone)


def _live() -> QuerySet[Release]:
    live = Release.objects.filter(live=True).select_related("product").defer("content")
    return live.order_by("product__position", "product__slug")


def _mark(release: Release) -> Path:
    """A file that says that this was done, for this look of pictures."""
    name = f"{release.sha} {LOOK} {WIDTH} {SHOWN} {OPENING}"
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Path(settings.PICTURES_DIR) / "ready" / digest
