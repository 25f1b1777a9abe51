"""The results as they are shown and exported: all figures of a period, or one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from orders.factory.figures.period import Period
from personalization.marketing.results import asking, selling, talking
from personalization.marketing.results.figures import Figure
from personalization.marketing.results.sales import Sales
from personalization.marketing.results.selling import Sold
from personalization.marketing.results.talking import Said


@dataclass(frozen=True)
class Facts:
    """What is asked: a period, and one product ("": all). Each read is made at most once."""

    period: Period
    product: str = ""

    @cached_property
    def spans(self) -> Sequence[Period]:
        return self.period.spans()

    @cached_property
    def sold(self) -> Sold:
        if self.product:
            return selling.sold_of(self.period, self.sales, self.product)
        return selling.sold(self.period)

    @cached_property
    def sales(self) -> Sales:
        return Sales(self.period)

    @cached_property
    def said(self) -> Said:
        return Said(self.period)


OF_PRODUCTS: dict[str, Callable[[Facts], Figure]] = {
    "orders": lambda f: selling.orders(f.period, f.spans, f.sold),
    "revenue": lambda f: selling.revenue(f.period, f.spans, f.sold, f.product),
    "codes": lambda f: selling.codes(f.period, f.spans, f.product),
    "recommendations": lambda f: talking.recommendations(f.period, f.spans, f.product),
    "reviews": lambda f: talking.reviews(f.period, f.spans, f.product),
    "questions": lambda f: asking.questions(f.period, f.spans, f.product),
}
OF_ALL: dict[str, Callable[[Facts], Figure]] = {
    "products": lambda f: selling.products(f.period, f.sales),
    "messages": lambda f: talking.messages(f.period, f.spans, f.said),
    "held-back": lambda f: talking.reasons(f.said),
    "consents": lambda f: talking.consents(f.period, f.spans),
}
"""What is about people, or about all products beside each other."""
FIGURES = OF_PRODUCTS | OF_ALL
ORDER = (
    *("orders", "revenue", "products", "codes", "recommendations"),
    *("messages", "held-back", "consents", "reviews", "questions"),
)


def figures(facts: Facts) -> list[Figure]:
    """All that there are for what is asked."""
    shown = OF_PRODUCTS if facts.product else FIGURES
    return [shown[name](facts) for name in ORDER if name in shown]


def figure(facts: Facts, name: str) -> Figure:
    """One of them; KeyError for a name that is none, or none of a single product."""
    return (OF_PRODUCTS if facts.product else FIGURES)[name](facts)
