"""The designs that the shop shows of a product to begin with: their rows as data, and back."""

from configurator.catalog.configuration import Configuration
from configurator.catalog.content import Content
from configurator.catalog.editing.changes import Change
from configurator.catalog.models import Inspiration, Product
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.rows import said, text_of


def inspirations_content(product: Product) -> Content:
    """What a content says of them; not a word where there are none, as in older releases."""
    rows = [_content(row) for row in product.inspirations.all()]
    return {"inspirations": rows} if rows else {}


def _content(row: Inspiration) -> Content:
    return {
        "code": row.code,
        "name": text_of(row, "name"),
        "text": text_of(row, "text"),
        "design": row.design,
    }


def write_inspirations(change: Change, product: Product, content: Content) -> None:
    """Make the product's inspirations these; they are known by their codes."""
    rows = [
        Inspiration(
            product=product,
            position=position,
            code=each["code"],
            design=each["design"],
            **said("name", each["name"]),
            **said("text", each["text"]),
        )
        for position, each in enumerate(content.get("inspirations", ()))
    ]
    olds = list(product.inspirations.all())
    change.delete_all(change.replace(olds, rows, lambda row: str(row.code)))


def record(
    *, product_id: int, product: ReleasedProduct, configuration: Configuration, name: str = ""
) -> Inspiration:
    """Keep a design as an inspiration, the last in the row; uploaded pictures are left out."""
    row = Product.objects.get(pk=product_id)
    known = set(row.inspirations.values_list("code", flat=True))
    number = len(known) + 1
    while f"design-{number}" in known:
        number += 1
    return Inspiration.objects.create(
        product=row,
        code=f"design-{number}",
        position=row.inspirations.count(),
        design={
            **configuration.to_json()["choices"],
            **product.texts_of(configuration),
        },
        **said("name", {"en": name or f"Design {number}"}),
    )
