"""Looking: the products, one product, a design, and why a value is impossible."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from configurator.catalog import places
from configurator.catalog.happenings import VIEWED, Happening, tell
from configurator.catalog.queries import NoLiveRelease, live_release, released, storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard import demand, services
from configurator.wizard.conflicts import explain
from configurator.wizard.entering import read_value
from configurator.wizard.errors import BadInput, UnknownOption
from configurator.wizard.models import Design
from configurator.wizard.outside import excess
from configurator.wizard.owning import latest_designs, remember
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import Screen, is_pictured
from configurator.wizard.steps import pages_of
from configurator.wizard.storefront import ProductView, opening_of, product_view
from configurator.wizard.valuing import OVER
from configurator.wizard.views.keeping import kept
from configurator.wizard.views.responding import Reply, answer, only

SHOWN = 4
"""So many of a visitor's own designs are on the home page."""


@only("GET")
def home(request: HttpRequest) -> HttpResponse:
    """The products, and the visitor's own designs to go on with."""
    locale = get_language() or "en"
    filler = places.filler()
    shown = filler.products(request, storefront())
    products = [_view(request, product, locale) for product in shown]
    mine = [_mine(design, locale) for design in latest_designs(request)[:SHOWN]]
    words = filler.words(request, places.OPENING)
    context = {"products": products, "mine": mine, "opening": opening_of(products, words)}
    return kept(request, render(request, "wizard/home.html", context))


def _view(request: HttpRequest, product: ReleasedProduct, locale: str) -> ProductView:
    """A product, with its designs to begin with in this visitor's order."""
    view = product_view(product, locale)
    known = {each.code: each for each in view.inspirations}
    codes = places.filler().designs(request, view.slug, tuple(known))
    return replace(view, inspirations=tuple(known[code] for code in codes))


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
    tell(Happening(VIEWED, product=slug))
    context = {"item": _view(request, found, locale), "steps": steps}
    return kept(request, render(request, "wizard/product.html", context))


def product_or_404(slug: str) -> ReleasedProduct:
    """The live release of a product."""
    try:
        return live_release(slug)
    except NoLiveRelease:
        raise Http404("no such product") from None


@only("POST")
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """A new design of the product: empty, or one that the shop shows: its showcase, or (`begin`)
    one of its inspirations by its code. An inspiration that is gone begins an empty one."""
    found, begin = product_or_404(slug), request.POST.get("begin", "")
    shown = next((each.begun for each in found.inspirations if each.code == begin), None)
    design = services.start_design(
        slug=slug, language=get_language(), shown=begin == "showcase", state=shown
    )
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
