"""The kinds of rows that a product is made of, by the names of their models."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from configurator.catalog.models import (
    Choice,
    DesignCase,
    Inspiration,
    Layer,
    LayerFile,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
    Step,
    WorkCenter,
)

ORDERED: dict[str, type[Model]] = {
    "step": Step,
    "option": Option,
    "choice": Choice,
    "rule": Rule,
    "pricerule": PriceRule,
    "part": Part,
    "operation": Operation,
    "inspiration": Inspiration,
    "layer": Layer,
}
"""What has an order among its own."""

KEPT: dict[str, type[Model]] = {
    "product": Product,
    **ORDERED,
    "layerfile": LayerFile,
    "designcase": DesignCase,
    "workcenter": WorkCenter,
}
"""Whose revisions are kept; each after what it belongs to."""


def kind_of(row: Model) -> str:
    return row._meta.model_name or ""


def rows_of(kind: str, product: Product) -> QuerySet[Any]:
    """The rows of a kind that belong to a product, in order."""
    rows: QuerySet[Any] = KEPT[kind]._default_manager.all()
    if kind == "product":
        return rows.filter(pk=product.pk)
    return (
        rows.filter(option__product=product) if kind == "choice" else rows.filter(product=product)
    )


def siblings(row: Any) -> QuerySet[Any]:
    """The rows among which this one has its place, itself too, in order."""
    rows: QuerySet[Any] = type(row)._default_manager.all()
    if isinstance(row, Choice):
        return rows.filter(option=row.option_id)
    if isinstance(row, Option):
        return rows.filter(step=row.step_id)
    return rows.filter(product=row.product_id)


def namesakes(row: Any) -> QuerySet[Any]:
    """The rows among which this one's code must be its own."""
    if isinstance(row, Option):
        return Option.objects.filter(product=row.product_id)
    return siblings(row)
