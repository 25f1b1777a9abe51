"""How customers like a product and each of its values, for the page and its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from configurator.catalog.opinions import Opinion, opinions
from orders.factory.figures import charts
from orders.factory.figures.charts import Bars, Kind
from orders.factory.figures.sections import Table
from orders.factory.figures.writing import told
from orders.insight.pages import Figures
from orders.tables import Cell

MOST = 12


@dataclass(frozen=True)
class Liked:
    """A value and how it is liked."""

    option: str
    value: str
    opinion: Opinion


@dataclass(frozen=True)
class Liking:
    """The product as a whole, and its values: the least liked first, as they are fairly counted."""

    whole: Opinion | None
    values: Sequence[Liked]

    @property
    def bars(self) -> Bars | None:
        """The values that need looking at."""
        if not self.values:
            return None
        kinds = [
            Kind(f"{v.option}: {v.value}", v.opinion.mean, 0, said(v.opinion))
            for v in self.values[:MOST]
        ]
        title = _("How each choice is liked")
        pairs = [(kind.label, kind.value) for kind in kinds]
        return charts.bars("liking", title, told(pairs), kinds, first=_("stars"), limit=5)

    def table(self) -> Table:
        header = (_("Option"), _("Value"), _("Stars on average"), _("By how many"))
        rows: list[Sequence[Cell]] = [
            (v.option, v.value, round(v.opinion.mean, 2), v.opinion.count) for v in self.values
        ]
        return Table("liking", header, rows)


def said(opinion: Opinion) -> str:
    return f"{opinion.mean:.1f} ★ · {opinion.count}"


def liking(figures: Figures) -> Liking:
    """All that was ever said: of each period alone it would be too little."""
    found = opinions(figures.product.slug)
    ordered = sorted(found.values.items(), key=lambda each: (each[1].fair, each[0]))
    values = [
        Liked(figures.option(option), figures.value(option, value), opinion)
        for (option, value), opinion in ordered
    ]
    return Liking(found.whole, values)
