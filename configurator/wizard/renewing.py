"""Designs whose product has a newer release: customers are asked; nothing moves unless they agree.

What would change is the same replay as in the publish gate (configurator/catalog/replaying.py). A
change of an order is never asked about: it stays on the release on which it was ordered.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from configurator.catalog.configuration import Configuration
from configurator.catalog.content import canonical, sha_of
from configurator.catalog.models import Release
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.replaying import Landing, Move, Replay, replay
from configurator.catalog.spaces import CompileError
from configurator.catalog.texts import say
from configurator.engine import EngineError
from configurator.wizard.errors import NothingThere, Refused
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.tariffs import Tariff, tariff_of


class Outdated(Refused):
    """What was offered is not what would happen now; look again."""


@dataclass(frozen=True)
class Renewal:
    """What today's release would make of a design; `kept` if its customer has declined that."""

    release_id: UUID
    product: ReleasedProduct
    replay: Replay
    kept: bool

    @property
    def mark(self) -> str:
        """Names what is offered: the release, and what it would change."""
        moves = [move.to_json() for move in self.replay.moves]
        return sha_of([str(self.release_id), moves])[:16]


def renewal(design: Design) -> Renewal | None:
    """What to ask the customer; None where today's release changes nothing of the design."""
    if design.place or not design.revision:
        return None
    return offered(design.release_id, design.state, design.kept_for)


def live_id_of(release_id: UUID) -> UUID | None:
    """Today's release of the product that a release is of; None while it is not on sale."""
    live = Release.objects.filter(product__releases=release_id, live=True)
    return live.values_list("pk", flat=True).first()


def offered(
    release_id: UUID, state: dict[str, Any], kept_for: UUID | None = None
) -> Renewal | None:
    """What today's release would change of a state; None where that is nothing."""
    live_id = live_id_of(release_id)
    if live_id is None or live_id == release_id:
        return None
    try:
        found = _replayed(release_id, live_id, canonical(state))
    except (EngineError, CompileError):  # nothing is asked that can't be told
        return None
    if not found.effect:
        return None
    return Renewal(live_id, released(live_id), found, kept_for == live_id)


@lru_cache(maxsize=512)
def _replayed(old_id: UUID, live_id: UUID, state: bytes) -> Replay:
    landing = Landing.of(released(live_id))
    return replay(released(old_id), landing, Configuration.from_json(json.loads(state)))


@transaction.atomic
def move(*, design_id: UUID, mark: str, tab: str = "") -> Design:
    """Move a design to today's release, as it was offered to its customer (`Renewal.mark`).

    Outdated if something else would change by now; NothingThere if nothing would.
    """
    design = Design.objects.select_for_update().get(pk=design_id)
    offered = renewal(design)
    if offered is None:
        raise NothingThere
    if offered.mark != mark:
        raise Outdated
    new = {
        "release_id": offered.release_id,
        "revision": design.revision + 1,
        "cursor": design.revision + 1,
        "state": offered.replay.state.to_json(),
        "undo_to": None,
        "redo_to": None,
        "kept_for": None,
        "updated_at": timezone.now(),
    }
    DesignEvent.objects.create(
        design=design,
        revision=design.revision + 1,
        kind=DesignEvent.Kind.MOVE,
        state=new["state"],
        base=None,
        tab=tab,
    )
    Design.objects.filter(pk=design.pk).update(**new)
    design.refresh_from_db()
    return design


def keep(*, design_id: UUID) -> None:
    """Note that the customer keeps the design as it is, whatever today's release says."""
    offered = renewal(Design.objects.get(pk=design_id))
    if offered is not None:
        Design.objects.filter(pk=design_id).update(kept_for=offered.release_id)


@dataclass(frozen=True)
class MoveView:
    """A choice that can't stay, as the customer reads it."""

    name: str
    old: str
    new: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class RenewalView:
    """What the page asks: what changes, and the price before and after, with tax."""

    mark: str
    moves: tuple[MoveView, ...]
    before: str
    after: str
    kept: bool


def renewal_view(design: Design, locale: str) -> RenewalView | None:
    """What is asked above the wizard, in the customer's words."""
    asked = renewal(design)
    return None if asked is None else told(asked, released(design.release_id), locale, design)


def told(
    asked: Renewal, old: ReleasedProduct, locale: str, design: Design | None = None
) -> RenewalView:
    """What today's release would change of a design of `old`, in the customer's words."""
    found = asked.replay
    before = _price(tariff_of(old, design), found.before, locale)
    after = _price(tariff_of(asked.product, design), found.after, locale)
    return RenewalView(
        mark=asked.mark,
        moves=tuple(_view(each, locale) for each in found.moves),
        before=before if before != after else "",
        after=after if before != after else "",
        kept=asked.kept,
    )


def _price(tariff: Tariff, net: Decimal | None, locale: str) -> str:
    return "" if net is None else tariff.money(int(net.scaleb(2)), locale)


def _view(move: Move, locale: str) -> MoveView:
    new = say(move.new, locale) if move.new is not None else ""
    why = tuple(say(rule, locale) for rule in move.rules)
    return MoveView(say(move.name, locale), say(move.old, locale), new, why)
