"""Reading releases. What is loaded stays in memory: releases never change."""

from uuid import UUID

from configurator.catalog.models import Release
from configurator.catalog.recent import Recent
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.spaces import open_space

KEPT = 64
"""How many releases a process keeps; the longest unused is dropped first."""

_kept: Recent[UUID, ReleasedProduct] = Recent(KEPT)


class NoLiveRelease(LookupError):
    """There is no such product, or it is not published."""


def live_release(slug: str) -> ReleasedProduct:
    """The release of the product that customers see now; NoLiveRelease if there is none."""
    live = Release.objects.filter(product__slug=slug, live=True)
    release_id = live.values_list("id", flat=True).first()
    if release_id is None:
        raise NoLiveRelease(slug)
    return released(release_id)


def storefront() -> list[ReleasedProduct]:
    """The live release of every product, in the admin's order."""
    live = Release.objects.filter(live=True).order_by("product__position", "product__slug")
    return [released(release_id) for release_id in live.values_list("id", flat=True)]


def released(release_id: UUID) -> ReleasedProduct:
    """A release by its id, live or not; NoLiveRelease if it does not exist."""
    return _kept.get(release_id, lambda: _load(release_id))


def forget() -> None:
    """Empty the memory (for tests, which roll releases back)."""
    _kept.clear()


def _load(release_id: UUID) -> ReleasedProduct:
    release = Release.objects.filter(id=release_id).first()
    if release is None:
        raise NoLiveRelease(str(release_id))
    space = open_space(release.space, release.content, searched=release.searched)
    return ReleasedProduct.load(release.id, release.number, release.sha, release.content, space)
