"""Which shops there are."""

from configurator.shops.models import Shop, Theme, origins_in


def shop_of(code: str) -> Shop | None:
    """An active shop by its code."""
    return Shop.objects.filter(code=code, active=True).first()


def theme_of(shop: Shop, code: str) -> Theme | None:
    """The theme that is asked for, else the shop's first; None if it has none."""
    themes = list(shop.themes.all())
    named = [theme for theme in themes if theme.code == code]
    return next(iter([*named, *themes]), None)


def is_known(origin: str) -> bool:
    """Whether an origin is that of an active shop."""
    if not origin.startswith("http") or len(origin) > 200:
        return False
    near = Shop.objects.filter(active=True, origins__icontains=origin)
    return any(origin in origins_in(shop.origins) for shop in near)
