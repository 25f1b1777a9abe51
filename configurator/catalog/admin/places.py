"""Where in the admin a place of a content is edited."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from configurator.catalog.content import Content, Path
from configurator.catalog.models import Product
from configurator.catalog.placing import LISTS, Rows, named
from configurator.catalog.wording import told


class Places:
    """Links to the places of one product's content."""

    def __init__(self, product: Product, content: Content) -> None:
        self.product = product
        self.content = content
        self._rows = Rows(product, content)

    def name(self, path: Path) -> str:
        """The place in words."""
        if path[:1] == ("texts",):
            return _("Translations")
        return told(named(self.content, path))

    def url(self, path: Path) -> str:
        """The page on which it is edited; that of the product for what it says itself."""
        return url_of(self.product.pk, path, self._rows.row(path))


def url_of(product_id: int, path: Path, row: str) -> str:
    """The page of a row ("option-12"), else of what stands at the path."""
    if path[:1] == ("texts",):
        return f"{reverse('admin:catalog_product_texts', args=[product_id])}?missing={path[1]}"
    if len(path) == 1 and path[0] in LISTS:
        page = reverse("admin:catalog_product_workspace", args=[product_id])
        kind = LISTS[str(path[0])]._meta.model_name
        return f"{page}?list={kind}#list-{kind}"
    if row:
        model, _dash, key = row.partition("-")
        return reverse(f"admin:catalog_{model}_change", args=[int(key)])
    return reverse("admin:catalog_product_change", args=[product_id])
