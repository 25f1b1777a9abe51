"""The catalog in the admin: a product, everything in it, and its releases."""

from configurator.catalog.admin import parts, products, publications, releases, translations

__all__ = ["parts", "products", "publications", "releases", "translations"]
