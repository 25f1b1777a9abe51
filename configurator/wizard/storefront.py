"""What customers see of products before they design one: pictures, prices, days, beginnings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import InspirationInfo
from configurator.catalog.places import Words
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.shops import currencies
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.limits import knows_prices
from configurator.wizard.money import tax_words
from configurator.wizard.preview import describe
from configurator.wizard.screen import count_of, is_pictured, is_priced
from configurator.wizard.tariffs import Tariff, tariff_of
from configurator.wizard.telling import day_words
from configurator.wizard.timing import ready_day


@dataclass(frozen=True)
class InspirationView:
    """A design to begin with, as a card."""

    code: str
    name: str
    text: str
    price: str
    picture: str
    alt: str


@dataclass(frozen=True)
class ProductView:
    """A product on the home page and on its own."""

    slug: str
    name: str
    tagline: str
    description: str
    price: str
    about: str  # the price in the customer's own currency
    shown_price: str  # of the design in the picture; ads tell it, too
    begins: bool  # whether customers may begin with the design in the picture
    tax: str
    ready: str
    count: str
    picture: str
    alt: str
    inspirations: tuple[InspirationView, ...]
    product: ReleasedProduct


def product_view(product: ReleasedProduct, locale: str) -> ProductView:
    """What a customer sees of a product before designing it."""
    start = Configuration()
    found, whole = answer_of(product, start), completed(product, start)
    tariff = tariff_of(product)
    total = None if found.total is None else tariff.gross(found.total)
    picture = reverse("wizard:product_picture", args=[product.slug, product.number, "webp"])
    return ProductView(
        slug=product.slug,
        name=say(product.name, locale),
        tagline=say(product.tagline, locale),
        description=say(product.description, locale),
        price=tariff.told(total or 0, locale)
        if is_priced(product) and knows_prices(product)
        else "",
        about=_about(product, total, locale),
        shown_price=_shown_price(product, total, locale),
        begins=has_showcase(product),
        tax=tax_words(product.tax_rate, locale),
        ready=day_words(ready_day(desk(product), whole), locale),
        count=count_of(found, locale),
        picture=picture if is_pictured(product) else "",
        alt=described(product, locale) if is_pictured(product) else "",
        inspirations=inspirations_of(product, locale, tariff),
        product=product,
    )


def _about(product: ReleasedProduct, total: int | None, locale: str) -> str:
    if not total or not is_priced(product) or not knows_prices(product):
        return ""
    return currencies.about(Decimal(total) / 100, tariff_of(product).currency, locale)


def has_showcase(product: ReleasedProduct) -> bool:
    """Whether the maker chose the design that the shop shows."""
    return bool(product.begun.choices or product.begun.texts)


def _shown_price(product: ReleasedProduct, least: int | None, locale: str) -> str:
    """What the design in the picture costs, unless that is the least."""
    if not is_priced(product):
        return ""
    tariff = tariff_of(product)
    shown = _price_shown(product, tariff)
    return tariff.told(shown, locale) if shown != least else ""


@lru_cache(maxsize=256)
def _price_shown(product: ReleasedProduct, _tariff: Tariff) -> int:
    """What the design in the picture costs; of a release at one tariff it never changes."""
    return _price(product, product.showcase)


def _price(product: ReleasedProduct, whole: Configuration) -> int:
    """Minor units with tax."""
    net = sum(int(line.amount.scaleb(2)) for line in product.price_lines(whole))
    return tariff_of(product).gross(net)


def price_words(product: ReleasedProduct, whole: Configuration, locale: str) -> str:
    """What a whole design costs, with tax; "" where nothing is asked for it."""
    if not is_priced(product):
        return ""
    return tariff_of(product).told(_price(product, whole), locale)


@lru_cache(maxsize=256)
def described(product: ReleasedProduct, locale: str) -> str:
    """What its picture shows, in words."""
    return describe(product, product.showcase, locale)


@lru_cache(maxsize=256)
def inspirations_of(
    product: ReleasedProduct, locale: str, _tariff: Tariff
) -> tuple[InspirationView, ...]:
    """The designs to begin with; of a release at one tariff nothing of them ever changes."""
    return tuple(_inspiration(product, each, locale) for each in product.inspirations)


def _inspiration(product: ReleasedProduct, each: InspirationInfo, locale: str) -> InspirationView:
    place = [product.slug, product.number, each.code, "webp"]
    pictured = is_pictured(product)
    return InspirationView(
        code=each.code,
        name=say(each.name, locale),
        text=say(each.text, locale),
        price=tariff_of(product).told(_price(product, each.whole), locale)
        if is_priced(product)
        else "",
        picture=reverse("wizard:inspiration_picture", args=place) if pictured else "",
        alt=describe(product, each.whole, locale) if pictured else "",
    )


@lru_cache(maxsize=256)
def piece_html(item: ProductView, eager: bool, _locale: str, note: str) -> SafeString:
    """A product on the home page, in the active language; the same for everybody who is told the
    same of it, and so rendered once. Nothing in it is anybody's own."""
    context = {"item": item, "eager": eager, "note": note}
    return render_to_string("wizard/_piece.html", context)


@dataclass(frozen=True)
class Opening:
    """With what the shop begins: a picture and what it leads to; words, where they are others
    than everybody's."""

    picture: str = ""
    alt: str = ""
    url: str = ""
    words: Words | None = None


def opening_of(products: list[ProductView], words: Words | None = None) -> Opening:
    """The first design to begin with of the first product that has one; else its showcase, where
    the pages below show something else."""
    found = next(_openings(products), Opening())
    if words is not None and words.picture:
        found = replace(found, picture=words.picture, alt=words.alt, url=words.link or found.url)
    return replace(found, words=words)


def _openings(products: list[ProductView]) -> Iterator[Opening]:
    for item in products:
        for each in item.inspirations:
            if each.picture:
                url = reverse("wizard:product", args=[item.slug])
                yield Opening(each.picture, each.alt, f"{url}#design-{each.code}")
