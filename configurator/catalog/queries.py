"""Reading releases. What is loaded stays in memory: releases never change."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from configurator.catalog.models import Release
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.spaces import open_space

KEPT = 64
"""How many releases a process keeps; the longest unused is dropped first."""

_kept: OrderedDict[UUID, ReleasedProduct] = OrderedDict()
_lock = Lock()


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
    with _lock:
        if release_id in _kept:
            _kept.move_to_end(release_id)
            return _kept[release_id]
    product = _load(release_id)
    with _lock:
        _kept[release_id] = product
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return product


def forget() -> None:
    """Empty the memory (for tests, which roll releases back)."""
    with _lock:
        _kept.clear()


def _load(release_id: UUID) -> ReleasedProduct:
    release = Release.objects.filter(id=release_id).first()
    if release is None:
        raise NoLiveRelease(str(release_id))
    space = open_space(release.space, release.content, searched=release.searched)
    return ReleasedProduct.load(release.id, release.number, release.sha, release.content, space)
