"""The shop API, version 1, under /api/shop/v1/; its OpenAPI document is at openapi.json there.

It knows nobody: no cookie is read, and what may be done hangs on a design's id or an order's token.
"""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from orders.api_documents import DocumentedOnce
from orders.shop_api import asking, designs, ordering, playing, products, renewing, several
from orders.shop_api.problems import Refused, document_problems, problem
from orders.shop_api.rates import PerMinute


class ShopApi(DocumentedOnce):
    """Everything may be asked for a country and in a currency."""

    def _write_document(self, prefix: str, language: str | None) -> OpenAPISchema:
        document = super()._write_document(prefix, language)
        for methods in document["paths"].values():
            for operation in methods.values():
                operation["parameters"] = [*operation.get("parameters", []), *asking.described()]
                document_problems(operation)
        return document


def _asked_rightly(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def checked(request: HttpRequest, *given: Any, **named: Any) -> Any:
        asking.check(request)
        return view(request, *given, **named)

    return checked


api = ShopApi(
    title="Customerize for shops",
    version="1",
    description="Products, designs and orders, for shops with a face of their own. "
    "See docs/shop-api.md.",
    docs_url=None,
    urls_namespace="shop-api-v1",
    throttle=[PerMinute("SHOP_API_RATE")],
)
api.add_decorator(_asked_rightly)
api.add_router("", products.router)
api.add_router("", designs.router)
api.add_router("", playing.router)
api.add_router("", renewing.router)
api.add_router("", several.router)
api.add_router("", ordering.router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(api, request, error)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(api, request, Refused(404, "not_found", _("There is nothing here.")))


@api.exception_handler(Throttled)
def _too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    detail = _("That was often. Please go on in a minute.")
    response = problem(api, request, Refused(429, "too_often", detail))
    response["Retry-After"] = str(math.ceil(error.wait or 60))
    return response


@api.exception_handler(HttpError)
def _not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    detail = _("This can’t be read; send JSON as the document describes it.")
    return problem(api, request, Refused(error.status_code, "unreadable", detail))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first thing that is wrong, with its field."""
    first = error.errors[0] if error.errors else {}
    source, *steps = first.get("loc", ("",))
    if source == "body":  # then comes what our function calls the whole body
        steps = steps[1:]
    place = ".".join(str(step) for step in steps)
    missing = first.get("type") == "missing"
    told = _("“%(field)s” is missing.") if missing else _("“%(field)s” is not as it should be.")
    refused = Refused(422, "invalid", told % {"field": place or "body"}, place)
    refused.more["reason"] = str(first.get("msg", ""))
    return problem(api, request, refused)
