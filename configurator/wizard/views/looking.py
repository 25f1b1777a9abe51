"""A text while it is typed: how it would come out, before it is saved."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.answers import completed
from configurator.wizard.entering import option_of, read_text
from configurator.wizard.errors import BadInput, UnknownOption
from configurator.wizard.limits import Limits
from configurator.wizard.preview import try_picture
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import is_pictured
from configurator.wizard.timing import limited
from configurator.wizard.views.pictures import FORMATS, width_of
from configurator.wizard.views.responding import only
from configurator.wizard.writing import writing_view

LONGEST = 2000
"""Characters; what is longer is told by the field's own limit when it is sent."""


@only("GET")
def look(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """What is said under the field of a text that is being typed."""
    product, whole = _state(design_id)
    option, entered = _asked(request, product)
    text, problem = entered.strip(), ""
    try:
        text = read_text(product.options[option], entered)
    except BadInput as bad:
        problem = bad.message
    locale = get_language() or "en"
    written = writing_view(product, whole, product.options[option], text, locale)
    context = {"written": written, "problem": problem, "code": option}
    response = render(request, "wizard/_writing.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@only("GET")
def picture(request: HttpRequest, design_id: UUID, suffix: str) -> HttpResponse:
    """The design with a text that is being typed; nothing (204) if that can't be written."""
    format = FORMATS.get(suffix)
    product, whole = _state(design_id)
    option, entered = _asked(request, product)
    if format is None or not is_pictured(product):
        raise Http404("no such picture")
    try:
        text = read_text(product.options[option], entered)
    except BadInput:
        return HttpResponse(status=204)
    data = try_picture(
        product,
        _with(whole, option, text),
        width=width_of(request.GET.get("w", "")),
        format=format,
        view=_view(request),
    )
    response = HttpResponse(data, content_type=f"image/{format}")
    response["Cache-Control"] = "private, max-age=60"
    return response


def _state(design_id: UUID) -> tuple[ReleasedProduct, Configuration]:
    """The product of a design and its complete state, as the page shows it."""
    design = design_or_404(design_id)
    product = released(design.release_id)
    state = Configuration.from_json(design.state)
    bounds = limited(Limits.from_json(design.limits), product, state, design)
    return product, completed(product, state, bounds)


def _asked(request: HttpRequest, product: ReleasedProduct) -> tuple[str, str]:
    """The option and what is typed."""
    option = request.GET.get("option", "")
    try:
        option_of(product, option, "text")
    except UnknownOption:
        raise Http404("no such text") from None
    return option, request.GET.get("text", "")[:LONGEST]


def _with(whole: Configuration, option: str, text: str) -> Configuration:
    texts: Mapping[str, str] = {**whole.texts, option: text}
    return replace(whole, texts={code: said for code, said in texts.items() if said})


def _view(request: HttpRequest) -> str:
    return request.GET.get("view", "")[:60]
