"""Designs of a product side by side; one of them is taken over."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard import playing, services
from configurator.wizard.errors import Refused
from configurator.wizard.history import history_of
from configurator.wizard.models import Design
from configurator.wizard.owning import own_designs, remember
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import Screen
from configurator.wizard.services import Edit
from configurator.wizard.sides import (
    MOST,
    SHOP,
    Side,
    day_of,
    groups_of,
    inspiring,
    of_design,
    of_shop,
    price_words,
    side_of,
    to_take,
)
from configurator.wizard.views.pages import product_or_404
from configurator.wizard.views.responding import only

LATEST = 8
"""So many own designs, and so many earlier steps, are offered."""
PASTED = re.compile(r"/(?P<kind>[ds])/(?P<key>[A-Za-z0-9_-]{8,60})/?(?:[?#].*)?\Z")


@dataclass(frozen=True)
class Table:
    """What the address asks for: the designs, and into which one of them may be taken over."""

    product: ReleasedProduct
    sides: tuple[Side, ...]
    into: Design | None
    only: bool  # what differs
    lost: int  # references that name nothing

    def url(self, refs: list[str], *, only: bool | None = None) -> str:
        """The address of this table with other designs."""
        pairs = [("it", ref) for ref in refs]
        pairs += [("into", str(self.into.pk))] if self.into else []
        pairs += [("only", "1")] if (self.only if only is None else only) else []
        return f"{reverse('wizard:compare', args=[self.product.slug])}?{urlencode(pairs)}"

    @property
    def refs(self) -> list[str]:
        return [side.ref for side in self.sides]


def read_table(product: ReleasedProduct, data: QueryDict, locale: str) -> Table:
    """The designs that are asked for, each once, and no more than fit."""
    refs = list(dict.fromkeys(ref[:120] for ref in data.getlist("it") if ref))
    if link := _pasted(data.get("link", "")):
        refs = list(dict.fromkeys([*refs, link]))
    found = [
        of_shop(product, locale) if ref == SHOP else side_of(product.slug, ref, locale)
        for ref in refs[: MOST * 2]
    ]
    sides = [side for side in found if side is not None]
    lost = len(refs) - len(sides) + (1 if data.get("link", "").strip() and not link else 0)
    return Table(product, tuple(sides[:MOST]), _into(product, data), bool(data.get("only")), lost)


def _pasted(link: str) -> str:
    """The reference for the address of a design or of a link to one."""
    match = PASTED.search(link.strip()[:500])
    return f"{match['kind']}.{match['key']}" if match else ""


def _into(product: ReleasedProduct, data: QueryDict) -> Design | None:
    try:
        found = design_or_404(UUID(data.get("into", ""))) if data.get("into") else None
    except ValueError:
        raise Http404("no such design") from None
    return found if found and found.release.product.slug == product.slug else None


@only("GET", "POST")
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Up to four designs side by side; one is taken over by a POST."""
    product, locale = product_or_404(slug), get_language() or "en"
    data = request.POST if request.method == "POST" else request.GET
    table = read_table(product, data, locale)
    if request.method == "POST":
        return _take(request, table)
    response = render(request, "wizard/compare.html", _context(request, table, locale))
    response["Cache-Control"] = "no-store, private"
    return response


def _take(request: HttpRequest, table: Table) -> HttpResponse:
    """Take a design over into the customer's, or begin one with it."""
    back = redirect(table.url(table.refs))
    wanted = request.POST.get("take", "")
    side = next((each for each in table.sides if each.ref == wanted), None)
    if side is None:
        return back
    state = to_take(side)
    try:
        if table.into is not None:
            edit = Edit(table.into.pk, table.into.revision, insist=True)
            design = playing.take(edit=edit, choices=state).design
        elif table.product.space.is_valid(state.choices):
            design = services.start_design(
                slug=table.product.slug, language=get_language(), state=state
            )
        else:
            return back
    except Refused:
        return back
    remember(request, design)
    return redirect("wizard:design", design_id=design.pk)


def _context(request: HttpRequest, table: Table, locale: str) -> dict[str, Any]:
    groups = groups_of(table.sides, locale) if table.sides else []
    differing = sum(row.differs for group in groups for row in group.rows)
    return {
        "table": table,
        "name": say(table.product.name, locale),
        "columns": [_column(side, table, locale) for side in table.sides],
        "groups": [group for group in groups if group.differs or not table.only],
        "differing": differing,
        "rows": sum(len(group.rows) for group in groups),
        "all_url": table.url(table.refs, only=False),
        "only_url": table.url(table.refs, only=True),
        "offers": _offers(request, table, locale) if len(table.sides) < MOST else [],
        "full": len(table.sides) >= MOST,
    }


def _column(side: Side, table: Table, locale: str) -> dict[str, Any]:
    here = table.into is not None and side.ref == f"d.{table.into.pk}"
    return {
        "ref": side.ref,
        "name": side.name,
        "picture": f"{side.picture}w=480" if side.picture else "",
        "price": price_words(side, locale),
        "ready": day_of(side, locale),
        "here": here,
        "url": side.url,
        "remove": table.url([ref for ref in table.refs if ref != side.ref]),
        "whole": side.state.choices.keys() >= {c for c, v in to_take(side).choices.items() if v},
    }


def _offers(request: HttpRequest, table: Table, locale: str) -> list[dict[str, str]]:
    """What could be put beside: own designs of the product, earlier steps, the shop's design."""
    offers: list[tuple[str, str, str]] = []
    mine = own_designs(request).filter(release__product__slug=table.product.slug)
    for design in mine[:LATEST]:
        side = of_design(design, design.revision, locale)
        offers.append((side.ref, side.name, side.picture))
    if table.into is not None:
        for step in history_of(Screen(table.into)).steps[:LATEST]:
            if not step.current:
                picture = step.picture.removesuffix("w=240")
                offers.append((f"d.{table.into.pk}.{step.revision}", step.words, picture))
    shop = of_shop(table.product, locale)
    offers.append((shop.ref, shop.name, shop.picture))
    offers += inspiring(table.product.slug, locale)
    return [
        {
            "url": table.url([*table.refs, ref]),
            "name": name,
            "picture": f"{pic}w=240" if pic else "",
        }
        for ref, name, pic in offers
        if ref not in table.refs
    ]
