"""The wizard's answers: a whole page, or the parts of it that htmx swaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from configurator.catalog.texts import say
from configurator.shops.embedding import embedding_of, whole_address
from configurator.wizard.conflicts import Conflict
from configurator.wizard.option_views import OptionView
from configurator.wizard.outside import Excess, limits_view, misfit
from configurator.wizard.preview import describe, picture_key
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.renewing import renewal_view
from configurator.wizard.screen import Screen, is_pictured
from configurator.wizard.services import new_tab

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ACTIONS = (
    *("choose", "text", "file", "clear", "ask", "limit", "undo", "redo", "finish", "renew"),
    *("surprise", "history", "restore", "place", "look"),
)
SMALL = 240
"""Pixels: the picture of a step in the history."""
WIDTHS = (480, 720, 960, 1440)
LARGEST = 2160
"""Pixels: as wide as a picture is asked for that is looked at closely."""


@dataclass(frozen=True)
class Versions:
    """Two versions of one option: this page's and the one that was saved meanwhile."""

    option: str
    name: str
    mine: str
    theirs: str
    field: str  # the name and the content of the field that posts mine again
    content: str
    clears: bool = False
    file: bool = False


@dataclass(frozen=True)
class Resting:
    """An own choice (its option's name) that others' later ones rest on: name and value each."""

    name: str
    theirs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reply:
    """What an answer says besides the state of the design."""

    status: int = 200
    notices: Sequence[str] = ()
    said: str = ""  # announced to screen readers
    conflict: Conflict | None = None
    versions: Versions | None = None
    excess: Excess | None = None
    resting: Resting | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether something is to be decided in the dialog."""
        return bool(self.conflict or self.versions or self.excess or self.resting)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for parts; when it restores history it needs the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


RECORD = "catalog.add_designcase"
"""Who may keep a design as a test case of its product."""


def answer(request: HttpRequest, screen: Screen, reply: Reply | None = None) -> HttpResponse:
    """The page of a design, or the changed parts of it."""
    reply = reply or Reply()
    context = _context(request, screen, reply)
    if not is_fragment(request):
        response = render(request, "wizard/design.html", context, status=reply.status)
    else:
        html = get_template("wizard/_fragment.html").render(context)
        response = HttpResponse(html, status=reply.status)
        response["HX-Retarget"] = "#ask" if reply.asks else "#panel"
        response["HX-Reswap"] = "innerHTML"
    response["Cache-Control"] = "no-store, private"
    response["X-Design-Revision"] = str(screen.design.revision)
    return response


def _context(request: HttpRequest, screen: Screen, reply: Reply) -> dict[str, Any]:
    design = screen.design
    own = design_context(request, screen)
    urls = {name: url for name, url in own.items() if name.endswith("_url")}
    return {
        **own,
        "review_url": reverse("orders:review", args=[design.id]),
        "reply": reply,
        "options": [_option(option, screen, own["hidden"], urls) for option in screen.options],
        "picture": _picture(screen, own["view"]),
        "views": _views(screen, own["view"]),
        "dimensions": [] if own["view"] else screen.dimensions,
        "fragment": is_fragment(request),
        "embedded": embedding_of(request) is not None,
        "limits": limits_view(screen),
        "misfit": misfit(screen),
        "renewal": None if is_fragment(request) else renewal_view(design, screen.locale),
        "may_record": request.user.has_perm(RECORD),
        "link": whole_address(request, own["design_url"]),
        **reply.extra,
    }


def design_context(request: HttpRequest, screen: Screen) -> dict[str, Any]:
    """What every page about a design needs: its addresses, and the hidden fields of its forms."""
    tab = clean_tab(request.POST.get("tab", "") or request.GET.get("tab", "")) or new_tab()
    view = asked_view(request, screen)
    base = reverse("wizard:design", args=[screen.design.id])
    return {
        **{f"{name}_url": f"{base}{name}/" for name in ACTIONS},
        "design_url": base,
        "screen": screen,
        "hidden": _hidden(request, screen, tab, view),
        "view": view,
        "view_query": f"&view={view}" if view else "",
    }


def clean_tab(name: str) -> str:
    """A tab's name as we make them, else ""."""
    return name if len(name) == 12 and name.isalnum() and name.isascii() else ""


def _hidden(request: HttpRequest, screen: Screen, tab: str, view: str) -> SafeString:
    """The hidden fields of every form of the page."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="revision" value="{}">'
        '<input type="hidden" name="tab" value="{}">'
        '<input type="hidden" name="step" value="{}">{}',
        get_token(request),
        screen.design.revision,
        tab,
        screen.current.code,
        format_html('<input type="hidden" name="view" value="{}">', view) if view else "",
    )


def _option(
    option: OptionView, screen: Screen, hidden: SafeString, urls: dict[str, str]
) -> SafeString:
    if not option.own_form:
        return option_html(option, screen.locale, screen.priced, thumbs_url(screen))
    action = {"text": "text_url", "file": "file_url"}.get(option.control, "choose_url")
    context = {
        "option": option,
        "action": urls[action],
        "hidden": hidden,
        "artwork": f"{urls['design_url']}artwork/",
        "place": urls["place_url"],
        "look": urls["look_url"],
    }
    return mark_safe(get_template("wizard/_own.html").render(context))


def option_html(option: OptionView, locale: str, priced: bool, thumbs: str) -> SafeString:
    """An option's HTML; the same view in the same language is rendered once."""
    make = _render_option if settings.DEBUG else _remembered_option
    return make(option, locale, priced, thumbs)


def _render_option(option: OptionView, locale: str, priced: bool, thumbs: str) -> SafeString:
    context = {"option": option, "priced": priced, "thumbs": thumbs}
    return mark_safe(get_template("wizard/_option.html").render(context))


_remembered_option = lru_cache(maxsize=4096)(_render_option)


def thumbs_url(screen: Screen) -> str:
    """Where the pictures of values of this release begin."""
    product = screen.product
    return f"{reverse('wizard:product', args=[product.slug])}{product.number}/values/"


def asked_view(request: HttpRequest, screen: Screen) -> str:
    """The view of the picture that the page shows; "" is the first, or the only one."""
    asked = request.POST.get("view", "") or request.GET.get("view", "")
    return asked if asked in views_of(screen)[1:] else ""


def views_of(screen: Screen) -> list[str]:
    """The codes of the views that the design has as it stands."""
    scene = scene_of(screen.product)
    return [code for code in scene.views if scene.has_view(code, screen.whole.choices)]


def _views(screen: Screen, shown: str) -> list[dict[str, Any]]:
    """The views of the picture to choose from; none where there is only one."""
    views = (screen.product.picture or {}).get("views") or ()
    had = views_of(screen)
    design = screen.design
    base = reverse("wizard:picture", args=[design.id, design.revision, "webp"])
    return [
        {
            "name": say(view["name"], screen.locale),
            "src": f"{base}?w=480&view={view['code']}",
            "url": f"?step={screen.current.code}&view={view['code']}",
            "current": view["code"] == shown or (not shown and place == 0),
        }
        for place, view in enumerate(views)
        if len(had) > 1 and view["code"] in had
    ]


def _picture(screen: Screen, view: str) -> dict[str, str] | None:
    """Addresses and description of the picture, None for a product without one."""
    if not is_pictured(screen.product):
        return None
    scene = scene_of(screen.product)
    design = screen.design
    base = reverse("wizard:picture", args=[design.id, design.revision, "webp"])
    more = f"&view={view}" if view else ""
    return {
        "key": picture_key(screen.product, screen.whole, view)[:16],
        "src": f"{base}?w=960{more}",
        "srcset": ", ".join(f"{base}?w={width}{more} {width}w" for width in WIDTHS),
        "large": f"{base}?w={LARGEST}{more}",
        "alt": describe(screen.product, screen.whole, screen.locale),
        "width": str(scene.width),
        "height": str(scene.height),
    }


def only(*methods: str) -> Callable[[View[P]], View[P]]:
    """Answer other methods with a page that says so (405)."""

    def decorate(view: View[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method in methods or (request.method == "HEAD" and "GET" in methods):
                return view(request, *args, **kwargs)
            context = {"design_id": kwargs.get("design_id")}
            response = render(request, "405.html", context, status=405)
            response["Allow"] = ", ".join(methods)
            return response

        update_wrapper(guarded, view)
        return guarded

    return decorate
