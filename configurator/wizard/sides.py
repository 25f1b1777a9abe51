"""Designs that stand beside each other: where they come from, and in what they differ.

An address names each of them: `d.ID` is a design, `d.ID.REVISION` one of its earlier states, `shop`
the design that the shop shows; rooms above name their own (`register`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import NONE, Value
from configurator.wizard.answers import completed, decided
from configurator.wizard.limits import Limits
from configurator.wizard.models import Design
from configurator.wizard.queries import configuration_at, design_or_404
from configurator.wizard.screen import is_pictured, is_priced
from configurator.wizard.steps import pages_of
from configurator.wizard.tariffs import tariff_of
from configurator.wizard.telling import day_words
from configurator.wizard.timing import desk_of, limited, ready_day

MOST = 4
SHOP = "shop"


@dataclass(frozen=True)
class Side:
    """One of the designs. `state` is what is decided, `whole` how it is shown."""

    ref: str
    name: str
    product: ReleasedProduct
    state: Configuration
    whole: Configuration
    ready: date
    picture: str  # an address, to which more of a query can be added
    url: str = ""  # where to go on with it; "" where it has to be begun

    @property
    def net(self) -> int:
        """What it costs as it is shown, in minor units."""
        return sum(int(line.amount.scaleb(2)) for line in self.product.price_lines(self.whole))


Finder = Callable[[str, str], Side | None]
"""From what stands behind the dot, and the language, to the design; None if there is none."""
_finders: dict[str, Finder] = {}
Inspirer = Callable[[str, str], list[tuple[str, str, str]]]
"""From a product's slug and the language to designs that may be put beside: reference, name, and
the address of the picture, to which more of a query can be added."""
_inspirers: list[Inspirer] = []


def register(kind: str, finder: Finder, inspirer: Inspirer | None = None) -> None:
    """Let a room above this one bring designs: its references are `KIND.…`; and offer some."""
    _finders[kind] = finder
    if inspirer is not None and inspirer not in _inspirers:
        _inspirers.append(inspirer)


def inspiring(slug: str, locale: str) -> list[tuple[str, str, str]]:
    """Designs of other people that are shown to everybody."""
    return [offer for inspirer in _inspirers for offer in inspirer(slug, locale)]


def side_of(slug: str, ref: str, locale: str) -> Side | None:
    """What a reference names, if it is a design of the product."""
    kind, _dot, rest = ref.partition(".")
    try:
        if kind == "d":
            found: Side | None = _of_design(rest, locale)
        elif ref == SHOP:
            found = None
        else:
            finder = _finders.get(kind)
            found = finder(rest, locale) if finder else None
    except (Http404, ValueError):
        return None
    return found if found is not None and found.product.slug == slug else None


def of_shop(product: ReleasedProduct, locale: str) -> Side:
    """The design that the shop shows."""
    picture = reverse("wizard:product_picture", args=[product.slug, product.number, "webp"])
    return Side(
        ref=SHOP,
        name=_("As the shop shows it"),
        product=product,
        state=product.begun,
        whole=product.showcase,
        ready=ready_day(desk(product), product.showcase),
        picture=f"{picture}?" if is_pictured(product) else "",
    )


def _of_design(rest: str, locale: str) -> Side:
    entered, _dot, number = rest.partition(".")
    design = design_or_404(UUID(entered))
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404("no such revision")
    revision = int(number) if number else design.revision
    return of_design(design, revision, locale, ref=f"d.{rest}")


def of_design(design: Design, revision: int, locale: str, *, ref: str = "") -> Side:
    """A design as it is, or as it was after an edit."""
    product = released(design.release_id)
    state = configuration_at(design, revision)
    limits = Limits.from_json(design.limits)
    whole = completed(product, state, limited(limits, product, state, design))
    now = revision == design.revision
    picture = reverse("wizard:picture", args=[design.pk, revision, "webp"])
    return Side(
        ref=ref or f"d.{design.pk}" + ("" if now else f".{revision}"),
        name=_("Your design") if now else _("Earlier: step %(number)s") % {"number": revision},
        product=product,
        state=state,
        whole=whole,
        ready=ready_day(desk_of(design, product), whole),
        picture=f"{picture}?" if is_pictured(product) else "",
        url=reverse("wizard:design", args=[design.pk]) if now else "",
    )


@dataclass(frozen=True)
class Cell:
    """What one design has; `open` where it is not decided yet."""

    words: str
    open: bool = False


@dataclass(frozen=True)
class Row:
    """An option: what each design has of it, and whether they differ."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        return len({cell.words for cell in self.cells}) > 1


@dataclass(frozen=True)
class Group:
    """The rows of a step."""

    name: str
    rows: tuple[Row, ...]

    @property
    def differs(self) -> bool:
        return any(row.differs for row in self.rows)


def price_words(side: Side, locale: str) -> str:
    """What a design costs with tax; "" where nothing has a price."""
    if not is_priced(side.product):
        return ""
    return tariff_of(side.product).money(side.net, locale)


def day_of(side: Side, locale: str) -> str:
    return day_words(side.ready, locale)


def groups_of(sides: Iterable[Side], locale: str) -> list[Group]:
    """Everything that any of the designs has, in the order of the first one's steps."""
    columns = list(sides)
    groups: dict[str, list[Row]] = {}
    seen: set[str] = set()
    for side in columns:
        for page in pages_of(side.product):
            for option in page.options:
                if option.code in seen:
                    continue
                seen.add(option.code)
                cells = tuple(_cell(each, option.code, locale) for each in columns)
                if any(cell.words != NOTHING for cell in cells):
                    row = Row(say(option.name, locale), cells)
                    groups.setdefault(page.title(locale), []).append(row)
    return [Group(name, tuple(rows)) for name, rows in groups.items()]


NOTHING = "—"


def _cell(side: Side, code: str, locale: str) -> Cell:
    option = side.product.options.get(code)
    if option is None or not side.product.applies(code, side.whole.choices):
        return Cell(NOTHING)
    if option.kind == "text":
        return Cell(side.whole.texts.get(code, "") or NOTHING)
    if option.kind == "file":
        return Cell(_("your picture") if side.whole.files.get(code) else NOTHING)
    value: Value = side.whole.choices.get(code, NONE)
    if value == NONE:
        return Cell(NOTHING)
    return Cell(side.product.label(code, value, locale), code not in side.state.choices)


def to_take(side: Side) -> Configuration:
    """What is taken over of a design: all of it, as it is shown."""
    return Configuration(decided(side.product, dict(side.whole.choices)), side.whole.texts)
