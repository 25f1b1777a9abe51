"""The rows of test cases as data, and data as these rows. They are no part of a release."""

from collections.abc import Iterable
from decimal import Decimal

from configurator.catalog.content import Content
from configurator.catalog.editing.changes import Change
from configurator.catalog.models import DesignCase, Product

COPIED = ("choices", "texts", "possible", "parts")


def cases_content(product: Product) -> list[Content]:
    """A product's test cases, by their names whatever the database thinks of letters."""
    return [case_content(row) for row in sorted(product.cases.all(), key=lambda row: row.name)]


def case_content(row: DesignCase) -> Content:
    return {
        "name": row.name,
        **{field: getattr(row, field) for field in COPIED},
        "price": None if row.price is None else f"{row.price:.2f}",
    }


def case_of(content: Content) -> DesignCase:
    """A row that is not stored, and belongs to no product yet."""
    return DesignCase(
        name=content["name"],
        **{field: content[field] for field in COPIED},
        price=None if content["price"] is None else Decimal(content["price"]),
    )


def write_cases(change: Change, product: Product, cases: Iterable[Content]) -> None:
    """Make the product's test cases these; they are known by their names."""
    known = {row.name: row for row in product.cases.all()}
    kept, new = [], []
    for row in map(case_of, cases):
        old = known.pop(row.name, None)
        row.product, row.by = product, change.by[:150]
        if old is None:
            new.append(row)
            continue
        row.pk, row._state.adding = old.pk, False
        row.by, row.made_at = old.by, old.made_at
        kept.append(row)
    change.save_all(kept)
    change.add_all(new)
    change.delete_all(list(known.values()))
