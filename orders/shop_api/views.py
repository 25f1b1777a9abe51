"""The document of the shop API as a page, and what is said where there is nothing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from orders.shop_api.api import api
from orders.shop_api.problems import Refused, problem

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    """A parameter, or a member of a body."""

    name: str
    kind: str
    said: str
    required: bool


@dataclass(frozen=True)
class Call:
    """One address with one method."""

    method: str
    path: str
    anchor: str
    title: str
    said: str
    parameters: list[Field]
    body: str  # the shape's name
    answers: list[tuple[str, str]]  # status, shape


@dataclass(frozen=True)
class Shape:
    """A JSON object."""

    name: str
    said: str
    fields: list[Field]


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Every call and every shape, from the OpenAPI document."""
    calls, shapes = _read()
    return render(request, "shop_api/document.html", {"calls": calls, "shapes": shapes})


@csrf_exempt
def nothing(request: HttpRequest, path: str) -> HttpResponse:
    """An address of the API at which there is nothing."""
    return problem(api, request, Refused(404, "not_found", _("There is nothing here.")))


@lru_cache(maxsize=1)
def _read() -> tuple[list[Call], list[Shape]]:
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/shop/v1/")
    calls = [
        _call(path, method, told)
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
        if method in METHODS
    ]
    shapes = [_shape(name, told) for name, told in schema["components"]["schemas"].items()]
    return calls, shapes


def _call(path: str, method: str, told: dict[str, Any]) -> Call:
    answers = [
        (str(status), _kind(_content(answer).get("schema", {})))
        for status, answer in told["responses"].items()
    ]
    return Call(
        method=method.upper(),
        path=path,
        anchor=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        title=told["summary"],
        said=_coded(told.get("description", "")),
        parameters=[_parameter(each) for each in told.get("parameters", [])],
        body=_kind(_content(told.get("requestBody", {})).get("schema", {})),
        answers=answers,
    )


def _coded(text: str) -> SafeString:
    """What stands in backticks as code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in parts)
    )


def _content(told: dict[str, Any]) -> dict[str, Any]:
    return next(iter(told.get("content", {}).values()), {})


def _parameter(told: dict[str, Any]) -> Field:
    kind = _kind(told["schema"])
    said = told["schema"].get("description", "")
    return Field(told["name"], f"{kind} ({told['in']})", said, told.get("required", False))


def _shape(name: str, told: dict[str, Any]) -> Shape:
    required = told.get("required", [])
    fields = [
        Field(field, _kind(each), each.get("description", ""), field in required)
        for field, each in told.get("properties", {}).items()
    ]
    return Shape(name, _coded(told.get("description", "")), fields)


def _kind(schema: dict[str, Any]) -> str:
    """A type in short: "string", "Design", "list of Step", "integer or null"."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "enum" in schema:
        return ", ".join(str(each) for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return f"object of {_kind(schema['additionalProperties'])}"
    return str(schema.get("format") or schema.get("type") or "")
