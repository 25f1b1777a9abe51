"""The contact sheet: many designs of the draft at a glance, so that a wrong layer shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Product
from configurator.catalog.queries import NoLiveRelease, live_release
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import NONE, Choices, EngineError, Value
from configurator.wizard.answers import decided
from configurator.wizard.entering import read_value, write_value
from configurator.wizard.errors import BadInput, UnknownOption
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.services import start_design
from configurator.wizard.studio.asking import asked_by, picked_of, views_of
from configurator.wizard.studio.drafts import Draft, drafted
from configurator.wizard.studio.sampling import sampled
from configurator.wizard.studio.views import language, product_or_404

COUNTS = (24, 36, 60)


@dataclass(frozen=True)
class Card:
    """A design on the sheet: `asked` is its address, `told` its choices in words."""

    number: int
    asked: str
    whole: str
    told: tuple[tuple[str, str], ...]


def sheet(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The page at once; the designs come with `designs` in the address, which takes a moment."""
    row = product_or_404(request, product_id)
    count = _count(request.GET.get("count", ""))
    base = reverse("admin:catalog_product_sheet", args=[row.pk])
    context: dict[str, Any] = {
        "product": row,
        "opts": Product._meta,
        "count": count,
        "counts": COUNTS,
        "base": base,
        "asked_for": request.GET.get("with", "")[:200],
        "view": request.GET.get("view", "")[:60],
        "drawn": None,
    }
    if "designs" in request.GET:
        context |= _designs(row, context, count)
    if request.headers.get("X-Part") == "designs":
        return TemplateResponse(request, "admin/catalog/pictures/_sheet.html", context)
    context |= site.each_context(request)
    context["title"] = _("Contact sheet of %(product)s") % {"product": row.name}
    query = request.GET.copy()
    query["designs"] = ""
    context["load"] = f"{base}?{query.urlencode()}"
    return TemplateResponse(request, "admin/catalog/pictures/sheet.html", context)


def _count(asked: str) -> int:
    return int(asked) if asked in map(str, COUNTS) else COUNTS[0]


def _designs(row: Product, context: dict[str, Any], count: int) -> dict[str, Any]:
    draft = drafted(row)
    if draft.product is None or draft.space is None:
        return {"troubles": draft.troubles, "drawn": [], "values": []}
    fixed = _fixed(draft.product, context["asked_for"])
    designs = sampled(draft, fixed, count)
    views = views_of(draft.content["picture"], language())
    scene = scene_of(draft.product)
    return {
        "draft": draft,
        "drawn": [
            _card(i, draft, design, context["view"]) for i, design in enumerate(designs, start=1)
        ],
        "values": _values(draft.product),
        "views": views,
        "height": round(320 * scene.height / scene.width),
        "picture": reverse("admin:catalog_product_picture", args=[row.pk]),
        "stack": reverse("admin:catalog_product_pictures", args=[row.pk]),
        "is_live": row.releases.filter(live=True).exists(),
    }


def _fixed(product: ReleasedProduct, asked: str) -> dict[str, Value]:
    """The value that all designs shall have: option:value."""
    code, _sep, value = asked.partition(":")
    try:
        return {code: read_value(product, code, value, language())}
    except (BadInput, UnknownOption):
        return {}


def _card(number: int, draft: Draft, design: Choices, view: str) -> Card:
    product = draft.product
    assert product is not None
    uses = scene_of(product).uses
    picked = {code: value for code, value in design.items() if value != NONE}
    seen = {code: value for code, value in picked.items() if code in uses}
    told = tuple(
        (say(product.options[code].name, language()), product.label(code, value, language()))
        for code, value in picked.items()
        if code in product.options and _counts(product, code, design)
    )
    return Card(number, asked_by(seen, {}, view), asked_by(picked, {}), told)


def _counts(product: ReleasedProduct, code: str, design: Choices) -> bool:
    try:
        return product.applies(code, design)
    except EngineError:
        return True


def _values(product: ReleasedProduct) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the sheet can be narrowed to: the values that the picture shows, by option."""
    uses = scene_of(product).uses
    found = []
    for code, option in product.options.items():
        if code not in uses or option.kind not in ("choice", "toggle"):
            continue
        values: tuple[Value, ...] = (True, False)
        if option.kind == "choice":
            values = tuple(choice.code for choice in option.choices)
        named = [(f"{code}:{write_value(v)}", product.label(code, v, language())) for v in values]
        found.append((say(option.name, language()), named))
    return found


def open_design(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """Open a design of the sheet in the wizard, on the live release."""
    row = product_or_404(request, product_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        product = live_release(row.slug)
    except NoLiveRelease:
        messages.error(request, _("This product has never been published."))
        return redirect("admin:catalog_product_sheet", row.pk)
    asked = QueryDict(request.POST.get("design", "")[:20_000])
    picked = picked_of(product, asked, "en")
    try:
        whole = product.space.complete(picked)
    except EngineError:
        told = _("The live release does not allow this design: publish the draft first.")
        messages.error(request, told)
        return redirect("admin:catalog_product_sheet", row.pk)
    chosen = Configuration(decided(product, whole))
    design = start_design(slug=row.slug, language=language(), state=chosen)
    return redirect("wizard:design", design_id=design.id)
