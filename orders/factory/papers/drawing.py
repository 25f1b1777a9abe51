"""The files of a batch: every kind of paper into the file it belongs to, pictures shared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.texts import say
from orders.factory import build_sheet, sheets
from orders.factory.models import PrintBatch, WorkOrder
from orders.factory.papers import label, labels, lists, pull_sheet, shipping, zpl
from orders.factory.papers.facts import Unit, units
from orders.factory.papers.kinds import KINDS, LABELS, PART_LABELS
from orders.factory.papers.labels import Address
from orders.factory.papers.leaf import Copy
from orders.factory.plan import Plan
from orders.models import Order, OrderLine
from orders.papers import identity, pictures, store, tongues, words
from orders.papers.content import read
from orders.papers.pen import Media, Pen, Size
from orders.papers.tongues import gettext as _
from orders.papers.truth import with_sizes

DRAWN_BY = Path(__file__).parent.parent
MEDIA: Mapping[str, Media] = {LABELS: "label", PART_LABELS: "part_label"}
OVER_ALL = ("pull_sheet", "pick_list", "cut_list")  # one paper over all work orders

Tick = Callable[[], None]


@dataclass(frozen=True)
class File:
    """A finished file: its name, its SHA-256 in the store, how many pages or labels it has."""

    name: str
    sha: str
    pages: int


@dataclass(frozen=True)
class Batch:
    """What is to be drawn. `counts` say which copy it is, by paper and number of the work order."""

    name: str
    by: str
    at: datetime
    papers: tuple[str, ...]
    size: Size
    language: str
    second: str
    counts: Mapping[str, Mapping[str, int]]


def batch_of(row: PrintBatch) -> Batch:
    """The facts of a batch's row."""
    counts: dict[str, dict[str, int]] = {}
    for printed in row.printed.select_related("work_order"):
        counts.setdefault(printed.paper, {})[printed.work_order.number] = printed.copy
    return Batch(
        name=str(row),
        by=row.by_name,
        at=row.at,
        papers=tuple(code for code in KINDS if code in row.papers),
        size="letter" if row.size == "letter" else "A4",
        language=row.language,
        second=row.second_language,
        counts=counts,
    )


def pieces(papers: Iterable[str], count: int) -> int:
    """How many pieces of work such a batch is; each is one tick."""
    return sum(1 if code in OVER_ALL else count for code in papers)


class Drawing:
    """Draws a batch over work orders that come with line, order, specification, parts, operations.

    `tick` is called after every piece of work.
    """

    def __init__(
        self, batch: Batch, work_orders: Sequence[WorkOrder], plan: Plan, tick: Tick
    ) -> None:
        self.batch = batch
        self.work_orders = work_orders
        self.plan = plan
        self.tick = tick
        with self._speaking():
            self.units = units(work_orders, batch.language, plan)
        self.by_number = {unit.number: unit for unit in self.units}

    def files(self) -> list[File]:
        """Draw and store every file."""
        stems = dict.fromkeys(KINDS[code].file for code in self.batch.papers)
        found: list[File] = []
        for stem in stems:
            codes = [code for code in self.batch.papers if KINDS[code].file == stem]
            sha = self._name(stem, codes)
            with self._speaking():
                found += self._labels(stem, sha, codes) if stem in MEDIA else [
                    self._pages(stem, sha, codes)
                ]  # fmt: skip
        return found

    def _speaking(self) -> Any:
        return tongues.speaking(self.batch.language, self.batch.second)

    def _name(self, stem: str, codes: Sequence[str]) -> str:
        """The hash of all that the file says."""
        batch = self.batch
        facts: dict[str, Any] = {
            "batch": [batch.name, batch.by, str(batch.at), settings.FIRM_NAME, settings.SITE_URL],
            "dpi": settings.LABEL_DPI,
            "papers": list(codes),
            "copies": {code: dict(batch.counts.get(code, {})) for code in codes},
            "units": [repr(unit) for unit in self.units],
            "orders": [self._order_facts(w) for w in self.work_orders]
            if any(KINDS[code].addressed for code in codes)
            else [],
        }
        language = tongues.code(batch.language, batch.second)
        return identity.name(stem, batch.size, language, facts, drawn_by=DRAWN_BY)

    def _order_facts(self, work_order: WorkOrder) -> list[str]:
        to = address(work_order.line.order)
        order = work_order.line.order
        return [
            to.name,
            *to.lines,
            to.way,
            order.language,
            str(order.placed_at),
            _link(work_order.line),
        ]

    # Pages

    def _pages(self, stem: str, sha: str, codes: Sequence[str]) -> File:
        batch = self.batch
        pen = Pen(batch.size, title=batch.name, author=settings.FIRM_NAME, language=batch.language)
        draw: dict[str, Callable[[Pen, Copy], int]] = {
            "pull_sheet": self._over_all(pull_sheet.draw),
            "pick_list": self._over_all(lists.draw_pick_list),
            "cut_list": self._over_all(lists.draw_cut_list),
            "build_sheet": self._build_sheets,
            "packing_slip": self._packing_slips,
            "customer_card": self._cards,
        }
        pages = sum(draw[code](pen, self._copy(code, sha)) for code in codes)
        store.keep(sha, pen.bytes())
        return File(f"{stem}{store.PDF}", sha, pages)

    def _copy(self, code: str, sha: str) -> Copy:
        return Copy(
            batch=self.batch.name,
            firm=settings.FIRM_NAME,
            printed=self._printed(),
            sha=sha[:12],
            counts=self.batch.counts.get(code, {}),
        )

    def _printed(self) -> str:
        at = words.moment(self.batch.at, self.batch.language)
        return _("printed %(at)s by %(name)s") % {"at": at, "name": self.batch.by}

    def _over_all(
        self, draw: Callable[[Pen, Sequence[Unit], Copy, str], int]
    ) -> Callable[[Pen, Copy], int]:
        def one(pen: Pen, copy: Copy) -> int:
            pages = draw(pen, self.units, copy, self.batch.language)
            self.tick()
            return pages

        return one

    def _build_sheets(self, pen: Pen, copy: Copy) -> int:
        pages = 0
        for work_order in self.work_orders:
            sheet = sheets.sheet_of(work_order, self.batch.language, self.plan, dated=True)
            told = f"{copy.batch} · {copy.told(work_order.number)}"
            sheet = replace(sheet, printed=told, reprint=copy.again(work_order.number) > 0)
            pages += build_sheet.draw(pen, sheet, self.batch.language)
            self.tick()
        return pages

    def _packing_slips(self, pen: Pen, copy: Copy) -> int:
        orders: dict[Any, list[WorkOrder]] = {}
        for work_order in self.work_orders:
            orders.setdefault(work_order.line.order_id, []).append(work_order)
        pages = 0
        for found in orders.values():
            order = found[0].line.order
            local = self._in_language(copy, order.language)
            pages += shipping.draw_packing_slip(pen, self._box(order, found), local)
            for _work_order in found:
                self.tick()
        return pages

    def _in_language(self, copy: Copy, language: str) -> Copy:
        """A copy that says in the customer's language when it was printed."""
        with tongues.speaking(language):
            at = words.moment(self.batch.at, language)
            told = _("printed %(at)s by %(name)s") % {"at": at, "name": self.batch.by}
        return replace(copy, printed=told)

    def _box(self, order: Order, found: Sequence[WorkOrder]) -> shipping.Box:
        with tongues.speaking(order.language):
            return shipping.Box(
                order_number=order.number,
                placed_on=words.short_date(localdate(order.placed_at), order.language),
                to=address(order),
                language=order.language,
                items=tuple(self._item(work_order, order) for work_order in found),
                lines=len(order.lines.all()),
            )

    def _cards(self, pen: Pen, copy: Copy) -> int:
        cards = []
        for work_order in self.work_orders:
            order = work_order.line.order
            with tongues.speaking(order.language):
                cards.append((self._item(work_order, order), order.language))
            self.tick()
        return shipping.draw_cards(pen, cards, copy)

    def _item(self, work_order: WorkOrder, order: Order) -> shipping.Item:
        specification = work_order.specification
        configuration = Configuration.from_json(specification.content["configuration"])
        product = released(specification.release_id)
        content = with_sizes(specification.content, product, configuration)
        return shipping.Item(
            number=work_order.number,
            quantity=work_order.quantity,
            content=read(content, order.language),
            picture=pictures.product_picture(product, configuration),
            revision=specification.sha,
            link=_link(work_order.line),
        )

    # Labels

    def _labels(self, stem: str, sha: str, codes: Sequence[str]) -> list[File]:
        """The labels as PDF and as ZPL, work order by work order."""
        found = [made for work_order in self.work_orders for made in self._of(work_order, codes)]
        pen = Pen(
            MEDIA[stem],
            title=self.batch.name,
            author=settings.FIRM_NAME,
            language=self.batch.language,
        )
        label.draw(pen, found)
        store.keep(sha, pen.bytes())
        store.keep(sha, zpl.document(found, settings.LABEL_DPI).encode("ascii"), store.ZPL)
        return [File(f"{stem}{suffix}", sha, len(found)) for suffix in (store.PDF, store.ZPL)]

    def _of(self, work_order: WorkOrder, codes: Sequence[str]) -> list[label.Label]:
        unit, language = self.by_number[work_order.number], self.batch.language
        found: list[label.Label] = []
        for code in codes:
            copy = self._copies[code]
            if code == "unit_label":
                found += labels.unit_labels(unit, copy, language)
            elif code == "shipping_label":
                found += labels.shipping_labels(
                    unit, address(work_order.line.order, language), copy
                )
            else:
                found += labels.part_labels(unit, copy, language)
            self.tick()
        return found

    @cached_property
    def _copies(self) -> dict[str, Copy]:
        return {code: self._copy(code, "") for code in self.batch.papers}


def address(order: Order, language: str = "") -> Address:
    """Whom an order goes to, the country as it is called in a language (else the order's)."""
    with tongues.speaking(language or order.language):
        country = words.country(order.country)
    place = f"{order.postal_code} {order.city}".strip()
    lines = (order.company, order.street, place, country)
    way = say(order.shipping.get("name", {}), language or order.language)
    return Address(order.name, tuple(line for line in lines if line), way)


def _link(line: OrderLine) -> str:
    """The design's page: the order's own would show more than a box should say."""
    page = reverse("wizard:design", args=[line.design_id])
    return f"{settings.SITE_URL.rstrip('/')}{page}"
