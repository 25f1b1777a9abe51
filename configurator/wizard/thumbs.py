"""Pictures of values: what of the product a choice changes, drawn by the renderer itself."""

from configurator.catalog.released import ReleasedProduct


def pictured_options(product: ReleasedProduct) -> frozenset[str]:
    """The options whose values have pictures."""
    return frozenset()
