"""What the pages of a change show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.texts import say
from orders.changes import changing
from orders.changes.changing import Proposal, Seen
from orders.changes.cutoffs import Bench, bench_of, locked_options
from orders.changes.discounts import Shrunk, shrunk
from orders.models import OrderChange, OrderLine
from orders.money import say_money
from orders.pages import locale
from orders.summary import Difference, differences, say_day, say_time


@dataclass(frozen=True)
class Fixed:
    """An option that stays as it is, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Sums:
    """The money of a change in words, of the whole order with tax; `pay` or `back` is the
    difference, or neither."""

    before: str
    after: str
    pay: str
    back: str


@dataclass(frozen=True)
class ChangePage:
    """A change of an order line: what may be changed, what was, and what it comes to.

    `late` are options that were changed and have meanwhile begun to be built.
    """

    line: OrderLine
    open: bool
    fixed: Sequence[Fixed]
    change: OrderChange | None = None
    whole: bool = False
    same: bool = False
    full: bool = False
    late: Sequence[str] = ()
    rows: Sequence[Difference] = ()
    sums: Sums | None = None
    less: bool = False  # whether a code takes off less than it did
    together: bool = False  # whether the sums are of more than this line
    day_before: str = ""
    day_after: str = ""
    seen: Seen | None = None
    held_until: str = ""  # the time until which the day is kept

    @property
    def can_accept(self) -> bool:
        return self.seen is not None and not self.same and not self.late


def change_page(line: OrderLine, *, hold: bool = False) -> ChangePage:
    """How a change of this line stands now; if asked, with a place held for its day."""
    bench = bench_of(line)
    change = changing.open_change(line) if bench.open else None
    fixed = _fixed(bench)
    if change is None:
        return ChangePage(line, bench.open, fixed)
    proposal = changing.propose(change)
    return _page(changing.keep_day(proposal) if hold else proposal, fixed)


def _page(proposal: Proposal, fixed: Sequence[Fixed]) -> ChangePage:
    line, language = proposal.bench.line, locale()
    before, day = line.promised_on, proposal.ready_on
    now = proposal.specification
    off = _off(proposal, language)
    rows = [*_rows(line, now.content, language), *_rush(proposal, language), *off] if now else []
    return ChangePage(
        line=line,
        open=True,
        fixed=fixed,
        change=proposal.change,
        whole=now is not None,
        same=proposal.same,
        full=day is None,
        late=names_of(line, changing.past_cut_off(proposal)),
        rows=rows,
        sums=_sums(proposal, language),
        less=any(each.after < each.before for each in _shrunk(proposal)),
        together=bool(line.order.shipping) or line.order.lines.count() > 1,
        day_before=say_day(before, language),
        day_after=say_day(day, language) if day else "",
        seen=proposal.seen,
        held_until=say_time(proposal.held_until, language) if proposal.held_until else "",
    )


def _rows(line: OrderLine, now: dict[str, object], language: str) -> list[Difference]:
    """Choices and lines of the price that differ; the days are told apart."""
    day = date.min
    found = differences(line.specification.content, now, (day, day), language)
    return sorted(found, key=lambda row: row.what == _("Price without tax"))


def _rush(proposal: Proposal, language: str) -> list[Difference]:
    """What rush adds, where that is a share of a price that is another now."""
    before, after = proposal.bench.line.rush_net, proposal.line.rush_net
    if before == after:
        return []
    currency = proposal.bench.line.order.currency
    was, now = (say_money(rush or Decimal(0), currency, language) for rush in (before, after))
    return [Difference(_("Rush"), was, now)]


def _shrunk(proposal: Proposal) -> list[Shrunk]:
    return shrunk(proposal.bench.line.order, proposal.discounts)


def _off(proposal: Proposal, language: str) -> list[Difference]:
    """Codes that would take off another amount."""
    currency = proposal.bench.line.order.currency
    return [
        Difference(
            say(each.name, language),
            say_money(-each.before, currency, language),
            say_money(-each.after, currency, language),
        )
        for each in _shrunk(proposal)
    ]


def _sums(proposal: Proposal, language: str) -> Sums:
    currency, more = proposal.bench.line.order.currency, proposal.difference
    told = say_money(abs(more), currency, language)
    return Sums(
        before=say_money(proposal.before.total, currency, language),
        after=say_money(proposal.after.total, currency, language),
        pay=told if more > 0 else "",
        back=told if more < 0 else "",
    )


def _fixed(bench: Bench) -> list[Fixed]:
    """What can't be changed any more, as far as it applies in what was ordered."""
    product, language = released(bench.line.specification.release_id), locale()
    ordered = Configuration.from_json(bench.line.specification.content["configuration"])
    return [
        Fixed(say(product.options[code].name, language), say(why, language))
        for code, why in locked_options(bench).items()
        if product.applies(code, ordered.choices)
    ]


def names_of(line: OrderLine, codes: Iterable[str]) -> list[str]:
    """The names of options."""
    options = released(line.specification.release_id).options
    return [say(options[code].name, locale()) for code in codes if code in options]


def told_over() -> str:
    return _("This order can’t be changed any more: it is built, shipped or canceled.")
