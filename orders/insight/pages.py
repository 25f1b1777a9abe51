"""The figures about a product as they are shown and exported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from configurator.catalog.admin.places import Places
from configurator.catalog.content import Content, options_of
from configurator.catalog.models import Release
from configurator.catalog.publishing import paths_of
from configurator.catalog.texts import say
from orders.factory.figures import charts
from orders.factory.figures.charts import Bars, Kind
from orders.factory.figures.period import Period
from orders.factory.figures.sections import Table
from orders.factory.figures.writing import percent, plain, rounded, told
from orders.factory.telling import language
from orders.insight import reading
from orders.insight.reading import Chosen, Demand
from orders.tables import Cell

MOST_BARS = 12
MOST_OPTIONS = 60
MOST_LINES = 25
MOST_EARLIER = 50  # releases in which the names of what is gone are looked up
TABLES = ("choices", "leaving", "wanted")


@dataclass(frozen=True)
class OptionFigure:
    """One option: how often each of its values stands in designs and in orders."""

    code: str
    name: str
    decided: int
    rows: Sequence[tuple[str, int, float | None, int, float | None]]
    bars: Bars


@dataclass(frozen=True)
class Place:
    """A rule with the page on which it is edited ("" if it is no longer there)."""

    name: str
    url: str


@dataclass(frozen=True)
class Line:
    """A value that was wanted, and the rules in its way."""

    wanted: str
    rules: Sequence[Place]
    demand: Demand


@dataclass(frozen=True)
class Earlier:
    """What was in earlier releases: options by code, and names of choices; the last that count."""

    options: dict[str, Content]
    choices: dict[tuple[str, str], Mapping[str, str]]

    @classmethod
    def of(cls, product_id: int) -> Earlier:
        found = cls({}, {})
        rows = Release.objects.filter(product_id=product_id).order_by("-number")
        for content in rows.values_list("content", flat=True)[:MOST_EARLIER].iterator():
            for option in options_of(content):
                found.options.setdefault(option["code"], option)
                for choice in option["choices"]:
                    found.choices.setdefault((option["code"], choice["code"]), choice["name"])
        return found


class Figures:
    """All figures of one product and period; each is counted when it is asked for."""

    def __init__(self, product: Any, content: Content, period: Period) -> None:
        self.product, self.content, self.period = product, content, period
        self._options = {option["code"]: option for option in options_of(content)}

    @cached_property
    def chosen(self) -> Chosen:
        return reading.chosen(self.product.pk, self.period)

    @cached_property
    def demand(self) -> list[Demand]:
        return reading.demand(self.product.pk, self.period)

    # what they are called

    def option(self, code: str) -> str:
        """Its name; of one that is gone the last that it had."""
        option = self._options.get(code) or self._earlier.options.get(code)
        return say(option["name"], language()) if option else code

    def value(self, code: str, value: str) -> str:
        """A value in words; of one that is gone the last that it had."""
        option = self._options.get(code)
        for choice in option["choices"] if option else ():
            if choice["code"] == value:
                return say(choice["name"], language())
        kind = option["kind"] if option else "choice"
        if kind == "choice" and (name := self._earlier.choices.get((code, value))):
            return say(name, language())
        option = option or self._earlier.options.get(code)
        if value in ("true", "false", "yes", "no"):
            return _("Yes") if value in ("true", "yes") else _("No")
        if option is None:
            return value
        return f"{value} {option['unit']}".strip()

    @cached_property
    def _earlier(self) -> Earlier:
        """Read only where something is not there any more."""
        return Earlier.of(self.product.pk)

    # which choices are made

    def options(self) -> list[OptionFigure]:
        """The options in the order of the catalog, with those that are gone at the end."""
        codes = {code for code, _value in (*self.chosen.in_designs, *self.chosen.in_orders)}
        known = [code for code in self._options if code in codes]
        return [self._figure(code) for code in (*known, *sorted(codes - {*known}))]

    def _figure(self, code: str) -> OptionFigure:
        designs, orders = (
            self._of(self.chosen.in_designs, code),
            self._of(self.chosen.in_orders, code),
        )
        rows = list(self._rows(code, designs, orders))
        kinds = [Kind(r[0], r[1], 0, f"{plain(r[1])} · {percent(r[2])}") for r in rows[:MOST_BARS]]
        name = self.option(code)
        bars = charts.bars(
            f"choice-{code}",
            name,
            told([(kind.label, kind.value) for kind in kinds]),
            kinds,
            first=_("designs"),
        )
        return OptionFigure(code, name, designs.total(), rows, bars)

    def _of(self, counter: Mapping[tuple[str, str], int], code: str) -> Counter[str]:
        return Counter({value: n for (option, value), n in counter.items() if option == code})

    def _rows(
        self, code: str, designs: Counter[str], orders: Counter[str]
    ) -> Iterator[tuple[str, int, float | None, int, float | None]]:
        every, bought = designs.total(), orders.total()
        for value, _n in sorted(
            (designs + orders).items(), key=lambda each: (-designs[each[0]], each[0])
        ):
            yield (
                self.value(code, value),
                designs[value],
                rounded(100 * designs[value] / every) if every else None,
                orders[value],
                rounded(100 * orders[value] / bought) if bought else None,
            )

    # where they leave

    def leaving(self) -> list[tuple[str, int, float | None]]:
        """The steps in their order: how many designs were left there, and which share."""
        steps: dict[str, str] = {}
        for step in self.content["steps"]:
            steps |= {option["code"]: step["code"] for option in step["options"]}
        counts: Counter[str] = Counter()
        for option, count in self.chosen.left_at.items():
            counts[steps.get(option, "") if option else ""] += count
        names = {step["code"]: say(step["name"], language()) for step in self.content["steps"]}
        rows = [(name, counts[code]) for code, name in names.items()]
        if counts[""]:
            rows.append((_("all steps at once"), counts[""]))
        left = self.chosen.left
        return [(name, n, rounded(100 * n / left) if left else None) for name, n in rows]

    def leaving_bars(self) -> Bars:
        rows = self.leaving()
        kinds = [Kind(name, n, 0, f"{plain(n)} · {percent(share)}") for name, n, share in rows]
        title = _("Where customers leave")
        pairs = [(kind.label, kind.value) for kind in kinds]
        return charts.bars("leaving", title, told(pairs), kinds, first=_("designs left"))

    # what was wanted and blocked

    def wanted(self, rule: str = "") -> list[Line]:
        """Values with the rules in their way; those of one rule alone if it is named."""
        places = Places(self.product, self.content)
        return [
            Line(
                f"{self.option(each.option)}: {self.value(each.option, each.value)}",
                [self._place(name, places) for name in each.rules],
                each,
            )
            for each in self.demand
            if not rule or rule in each.rules
        ]

    def _place(self, name: str, places: Places) -> Place:
        path = next(iter(paths_of([name], self.content)), None)
        if path is None:
            return Place(name, "")
        if path[0] == "steps":  # when an option applies
            code = self.content["steps"][path[1]]["options"][path[3]]["code"]
            words = _("when “%(option)s” applies") % {"option": self.option(code)}
            return Place(words, places.url(path))
        return Place(name, places.url(path))

    def rule_bars(self) -> Bars:
        """Demand by rule; a demand that several rules turn away together counts for each."""
        asked: Counter[str] = Counter()
        made: Counter[str] = Counter()
        for each in self.demand:
            for rule in each.rules:
                asked[rule] += each.asked
                made[rule] += min(each.made_room, each.asked)
        places = Places(self.product, self.content)
        kinds = [
            Kind(self._place(rule, places).name, n - made[rule], made[rule], plain(n))
            for rule, n in asked.most_common(MOST_BARS)
        ]
        title = _("Demand by rule")
        pairs = [(kind.label, kind.value) for kind in kinds]
        return charts.bars(
            "rules", title, told(pairs), kinds, first=_("turned away"), second=_("made room")
        )

    # as files

    def table(self, name: str) -> Table:
        """The numbers of a figure; KeyError for a name that is none."""
        return {"choices": self._choices, "leaving": self._left, "wanted": self._wanted}[name]()

    def _choices(self) -> Table:
        header = (
            _("Option"),
            _("Value"),
            _("Designs"),
            _("%, designs"),
            _("Orders"),
            _("%, orders"),
        )
        rows: list[Sequence[Cell]] = [
            (figure.name, *row) for figure in self.options() for row in figure.rows
        ]
        return Table("choices", header, rows)

    def _left(self) -> Table:
        header = (_("Step"), _("Designs left"), _("Share, %"))
        return Table("leaving", header, self.leaving())

    def _wanted(self) -> Table:
        header = (
            *(_("Option"), _("Value"), _("Rules")),
            *(_("Asked"), _("Made room"), _("Turned away")),
        )
        rows: list[Sequence[Cell]] = [
            (
                self.option(each.option),
                self.value(each.option, each.value),
                ", ".join(each.rules),
                *(each.asked, each.made_room, each.turned_away),
            )
            for each in self.demand
        ]
        return Table("wanted", header, rows)
