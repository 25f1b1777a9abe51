"""What the gallery's pages show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Product, Release
from configurator.catalog.queries import released, storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.sharing import finding
from configurator.sharing.finding import LIKED, NEW, Wanted
from configurator.sharing.models import Entry
from configurator.sharing.queries import told_at_home, told_there
from configurator.shops.charging import Charge
from configurator.wizard.errors import BadLimits
from configurator.wizard.limits import read_limits
from configurator.wizard.preview import describe
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.screen import is_pictured
from configurator.wizard.tariffs import tariff_of

MOST_FILTERS = 9


@dataclass(frozen=True)
class EntryView:
    """An entry as a card; `price` only where it is today's."""

    entry: Entry
    link: str
    product_name: str
    picture: str
    alt: str
    price: str
    liked: bool


@dataclass(frozen=True)
class FilterView:
    """An option to find entries by; values are (code, name, whether chosen)."""

    code: str
    name: str
    values: list[tuple[str, str, bool]]

    @property
    def chosen(self) -> bool:
        return any(chosen for _code, _name, chosen in self.values)


def gallery_page(query: QueryDict, voter: str, locale: str) -> dict[str, Any]:
    """A page of the gallery; `wrong` says what the budget that was entered can't be."""
    products = storefront()
    slug = query.get("product", "")
    product = next((each for each in products if each.slug == slug), None)
    wanted, wrong = _wanted(query, product, products, locale)
    entries, more = finding.page_of(wanted)
    kept = _kept(query, product, wanted)
    return {
        "entries": views_of(entries, voter, locale),
        "products": [(each.slug, say(each.name, locale), each is product) for each in products],
        "product": product,
        "filters": _filters(product, wanted.choices, locale) if product else [],
        "filtered": bool(wanted.choices),
        "order": wanted.order,
        "budget": query.get("budget", "")[:40],
        "currency": _currency(product, products),
        "wrong": wrong,
        "more": f"?{urlencode([*kept, ('after', finding.cursor_of(entries[-1]))])}" if more else "",
        "first": wanted.after is None,
        "narrowed": bool(kept),
    }


def _wanted(
    query: QueryDict,
    product: ReleasedProduct | None,
    products: Sequence[ReleasedProduct],
    locale: str,
) -> tuple[Wanted, str]:
    wanted = Wanted(
        product_id=_product_id(product) if product else None,
        choices=_chosen(query, product) if product else {},
        order=NEW if query.get("order") == NEW else LIKED,
        after=finding.read_cursor(query.get("after", "")),
    )
    asked = Charge.none(_currency(product, products))
    try:
        budget = read_limits(query.get("budget", ""), "", asked, locale).budget
    except BadLimits as bad:
        return wanted, bad.wrong["budget"]
    if budget is None:
        return wanted, ""
    return replace(wanted, budgets=_budgets(budget, asked.currency, product, products)), ""


def _currency(product: ReleasedProduct | None, products: Sequence[ReleasedProduct]) -> str:
    """In which budgets are entered."""
    first = product or next(iter(products), None)
    return tariff_of(first).currency if first else ""


def _budgets(
    budget: int, currency: str, product: ReleasedProduct | None, products: Sequence[ReleasedProduct]
) -> dict[int, int]:
    """The budget by product: each has its own tax. Without those paid in another currency."""
    asked = [product] if product else products
    return {
        _product_id(each): told_at_home(budget, each)
        for each in asked
        if tariff_of(each).currency == currency
    }


def _product_id(product: ReleasedProduct) -> int:
    of_release = Release.objects.filter(pk=product.release_id)
    return of_release.values_list("product_id", flat=True).get()


def _chosen(query: QueryDict, product: ReleasedProduct) -> dict[str, str]:
    """The choices asked for that the product has."""
    return {
        code: value
        for code, option in product.options.items()
        if option.kind == "choice" and (value := query.get(f"o.{code}")) and option.choice(value)
    }


def _kept(
    query: QueryDict, product: ReleasedProduct | None, wanted: Wanted
) -> list[tuple[str, str]]:
    """The query of the page without the place in it."""
    pairs = [("product", product.slug)] if product else []
    pairs += [(f"o.{code}", value) for code, value in wanted.choices.items()]
    if wanted.budgets is not None:
        pairs.append(("budget", query.get("budget", "")[:40]))
    if wanted.order != LIKED:
        pairs.append(("order", wanted.order))
    return pairs


def _filters(product: ReleasedProduct, chosen: Any, locale: str) -> list[FilterView]:
    """The choices that the picture shows, and others that are chosen."""
    seen = scene_of(product).uses if is_pictured(product) else product.options.keys()
    options = [each for each in product.options.values() if each.kind == "choice"]
    shown = [each for each in options if each.code in seen][:MOST_FILTERS]
    shown += [each for each in options if each.code in chosen and each not in shown]
    return [
        FilterView(
            option.code,
            say(option.name, locale),
            [
                (value.code, say(value.name, locale), chosen.get(option.code) == value.code)
                for value in option.choices
            ],
        )
        for option in shown
    ]


def views_of(entries: Sequence[Entry], voter: str, locale: str) -> list[EntryView]:
    """Entries as cards, in their order."""
    liked = finding.liked_of(voter, entries)
    live = set(Release.objects.filter(live=True).values_list("pk", flat=True))
    return [
        _view(entry, entry.pk in liked, entry.share.release_id in live, locale) for entry in entries
    ]


def _view(entry: Entry, liked: bool, today: bool, locale: str) -> EntryView:
    product, share = released(entry.share.release_id), entry.share
    price = "" if entry.price is None else told_there(entry.price, product, locale)
    pictured = is_pictured(product)
    picture = reverse("sharing:picture", args=[share.token, "webp"])
    return EntryView(
        entry=entry,
        link=share.token,
        product_name=say(product.name, locale),
        picture=picture if pictured else "",
        alt=describe(product, Configuration.from_json(share.shown), locale) if pictured else "",
        price=price if today else "",
        liked=liked,
    )


def best(
    voter: str, locale: str, *, product_id: int | None = None, most: int = 4
) -> list[EntryView]:
    """The most liked entries, of a product or of all."""
    entries, _more = finding.page_of(Wanted(product_id=product_id), most)
    return views_of(entries, voter, locale)


def product_id_of(slug: str) -> int | None:
    """The row of a product by its address."""
    return Product.objects.filter(slug=slug).values_list("pk", flat=True).first()
