"""What the templates know about where a page is shown."""

from django.http import HttpRequest

from configurator.shops.embedding import embedding_of
from configurator.shops.themes import mark_of


def embedding(request: HttpRequest) -> dict[str, object]:
    """`embedding`: None for pages of their own, which have a header and a footer."""
    found = embedding_of(request)
    if found is None:
        return {"embedding": None}
    theme = found.theme
    sheet = f"/embed/{found.shop.code}/{theme.code}-{mark_of(theme)}.css" if theme else ""
    return {
        "embedding": {
            "origins": " ".join(found.origins),
            "sheet": sheet,
            "logo": f"/embed/{found.shop.code}/{theme.code}/logo" if theme and theme.logo else "",
            "name": found.shop.name,
        }
    }
