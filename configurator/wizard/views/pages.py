"""Looking: the products, one product, a design, and why a value is impossible."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import NoLiveRelease, live_release, released, storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.shops import currencies
from configurator.wizard import demand, services
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.conflicts import explain
from configurator.wizard.entering import read_value
from configurator.wizard.errors import BadInput, UnknownOption
from configurator.wizard.limits import knows_prices
from configurator.wizard.models import Design
from configurator.wizard.money import gross, money, percent
from configurator.wizard.outside import excess
from configurator.wizard.owning import own_designs, remember
from configurator.wizard.preview import describe
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import Screen, count_of, is_pictured, is_priced
from configurator.wizard.steps import pages_of
from configurator.wizard.telling import day_words
from configurator.wizard.timing import ready_day
from configurator.wizard.valuing import OVER
from configurator.wizard.views.responding import Reply, answer, only

SHOWN = 4
"""So many of a visitor's own designs are on the home page."""


@dataclass(frozen=True)
class ProductView:
    """A product on the home page and on its own."""

    slug: str
    name: str
    tagline: str
    description: str
    price: str
    about: str  # the price in the customer's own currency
    shown_price: str  # of the design in the picture, where the maker chose it
    begins: bool  # whether customers may begin with the design in the picture
    tax: str
    ready: str
    count: str
    picture: str
    alt: str
    product: ReleasedProduct


def product_view(product: ReleasedProduct, locale: str) -> ProductView:
    """What a customer sees of a product before designing it."""
    start = Configuration()
    found, whole = answer_of(product, start), completed(product, start)
    total = None if found.total is None else gross(found.total, product.tax_rate)
    picture = reverse("wizard:product_picture", args=[product.slug, product.number, "webp"])
    return ProductView(
        slug=product.slug,
        name=say(product.name, locale),
        tagline=say(product.tagline, locale),
        description=say(product.description, locale),
        price=money(total or 0, product.currency, locale)
        if is_priced(product) and knows_prices(product)
        else "",
        about=_about(product, total, locale),
        shown_price=_shown_price(product, total, locale),
        begins=has_showcase(product),
        tax=percent(product.tax_rate, locale) if product.tax_rate else "",
        ready=day_words(ready_day(desk(product), whole), locale),
        count=count_of(found, locale),
        picture=picture if is_pictured(product) else "",
        alt=_described(product, locale) if is_pictured(product) else "",
        product=product,
    )


def _about(product: ReleasedProduct, total: int | None, locale: str) -> str:
    if not total or not is_priced(product) or not knows_prices(product):
        return ""
    return currencies.about(Decimal(total) / 100, product.currency, locale)


def has_showcase(product: ReleasedProduct) -> bool:
    """Whether the maker chose the design that the shop shows."""
    return bool(product.begun.choices or product.begun.texts)


def _shown_price(product: ReleasedProduct, least: int | None, locale: str) -> str:
    """What the design in the picture costs, unless that is the least."""
    if not is_priced(product) or (knows_prices(product) and not has_showcase(product)):
        return ""
    lines = product.price_lines(product.showcase)
    net = sum(int(line.amount.scaleb(2)) for line in lines)
    shown = gross(net, product.tax_rate)
    return money(shown, product.currency, locale) if shown != least else ""


@lru_cache(maxsize=256)
def _described(product: ReleasedProduct, locale: str) -> str:
    return describe(product, product.showcase, locale)


@only("GET")
def home(request: HttpRequest) -> HttpResponse:
    """The products, and the visitor's own designs to go on with."""
    locale = get_language() or "en"
    products = [product_view(product, locale) for product in storefront()]
    mine = [_mine(design, locale) for design in own_designs(request)[:SHOWN]]
    return render(request, "wizard/home.html", {"products": products, "mine": mine})


def _mine(design: Design, locale: str) -> dict[str, object]:
    product = released(design.release_id)
    picture = reverse("wizard:picture", args=[design.id, design.revision, "webp"])
    return {
        "id": design.id,
        "name": design.name or say(product.name, locale),
        "picture": f"{picture}?w=480" if is_pictured(product) else "",
        "at": design.updated_at,
    }


@only("GET")
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product: what it is, what can be decided, where to begin."""
    locale = get_language() or "en"
    found = product_or_404(slug)
    steps = [
        {
            "name": page.title(locale),
            "help": say(page.help, locale),
            "options": [say(option.name, locale) for option in page.options],
        }
        for page in pages_of(found)
    ]
    context = {"item": product_view(found, locale), "steps": steps}
    return render(request, "wizard/product.html", context)


def product_or_404(slug: str) -> ReleasedProduct:
    """The live release of a product."""
    try:
        return live_release(slug)
    except NoLiveRelease:
        raise Http404("no such product") from None


@only("POST")
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """A new design of the product: empty, or the one that the shop shows."""
    product_or_404(slug)
    shown = request.POST.get("begin") == "showcase"
    design = services.start_design(slug=slug, language=get_language(), shown=shown)
    remember(request, design)
    return redirect("wizard:design", design_id=design.id)


@only("GET")
def design(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """The wizard at a step: the page, or its parts for htmx."""
    found = design_or_404(design_id)
    screen = Screen(found, step=request.GET.get("step", ""))
    remember(request, found)
    return answer(request, screen, Reply(said=screen.current.name))


@only("GET")
def ask(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Why a value is not possible, and what would make it possible."""
    about, _sep, value = request.GET.get("about", "").partition(":")
    option = request.GET.get("option", about)
    entered = request.GET.get("value", value)
    screen = Screen(design_or_404(design_id), step=request.GET.get("step", ""))
    try:
        wanted = read_value(screen.product, option, entered, screen.locale)
    except (UnknownOption, BadInput):
        raise Http404("no such option or value") from None
    conflict = explain(screen, option, wanted)
    if conflict is None and screen.valuer.worth(option, wanted).state == OVER:
        return answer(request, screen, Reply(excess=excess(screen, option, wanted)))
    response = answer(request, screen, Reply(conflict=conflict))
    if conflict is not None and request.method == "GET":
        demand.told(response, screen.design, option, wanted, conflict.names)
    return response
