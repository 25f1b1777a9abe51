"""The workspace of a product: its outline, in which everything is added, moved and copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from configurator.catalog.admin import pages
from configurator.catalog.admin.doctor import PUBLISH, panel
from configurator.catalog.admin.presence import company
from configurator.catalog.editing.adding import add_choices, add_option, add_step
from configurator.catalog.editing.changes import Change, changing
from configurator.catalog.editing.copying import duplicate, duplicate_product
from configurator.catalog.editing.histories import restore_address
from configurator.catalog.editing.kinds import ORDERED, kind_of, rows_of
from configurator.catalog.editing.moving import move, put_before
from configurator.catalog.editing.outline import option_line, outline
from configurator.catalog.fields import decimal_from
from configurator.catalog.models import DesignCase, Option, Product, Revision, Step

LISTS = ("rule", "pricerule", "part", "operation", "inspiration", "layer", "designcase")
"""What else a product has; these are listed when they are unfolded."""
LISTED = 200
WAYS = ("up", "down", "first", "last")
PAGE = "admin/catalog/product/workspace.html"
EDITED = "edited"
"""What the page hears after a change: the doctor looks."""


@dataclass
class Told:
    """What has been done, or why not: the form that was refused keeps what was entered."""

    done: str = ""
    form: str = ""
    entered: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    at: str = ""  # the row that it was about, "option-3"
    kind: str = ""

    @property
    def status(self) -> int:
        return 422 if self.errors else 200


def product_for(request: HttpRequest, product_id: int, verb: str = "change") -> Product:
    """The product, for who may edit it."""
    if not request.user.has_perm(f"catalog.{verb}_product"):
        raise PermissionDenied
    return get_object_or_404(Product, pk=product_id)


def workspace_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The whole outline; a POST changes one thing in it."""
    product = product_for(request, product_id)
    if request.method != "POST":
        shown = _fragment if _in_place(request) else _page
        return shown(site, request, product, Told())
    told = _done(request, product)
    if _in_place(request):
        return _fragment(site, request, product, told)
    if told.errors:
        return _page(site, request, product, told)
    messages.success(request, told.done)
    return redirect(f"{_address(request, product, told)}#{told.at}")


def choices_view(
    site: AdminSite, request: HttpRequest, product_id: int, option_id: int
) -> HttpResponse:
    """The choices of an option, when it is unfolded."""
    product = product_for(request, product_id)
    option = get_object_or_404(Option, pk=option_id, product=product)
    if not _in_place(request):
        here = reverse("admin:catalog_product_workspace", args=[product.pk])
        return redirect(f"{here}?open={option.pk}#option-{option.pk}")
    context = {"product": product, "option": option_line(option), "told": Told()}
    return TemplateResponse(request, "admin/catalog/product/_choices.html", context)


def list_view(site: AdminSite, request: HttpRequest, product_id: int, kind: str) -> HttpResponse:
    """The rules (prices, parts …) of the product, when they are unfolded."""
    product = product_for(request, product_id)
    if kind not in LISTS:
        raise Http404
    if not _in_place(request):
        here = reverse("admin:catalog_product_workspace", args=[product.pk])
        return redirect(f"{here}?list={kind}#list-{kind}")
    context = {"product": product, "section": section_of(product, kind, shown=True)}
    return TemplateResponse(request, "admin/catalog/product/_list.html", context)


def duplicate_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The whole product once more, at another address."""
    product = product_for(request, product_id, "add")
    context: dict[str, Any] = {
        **frame(site, request, product, _("Duplicate %(product)s") % {"product": product.name}),
        "slug": request.POST.get("slug", f"{product.slug}-2"[:60]),
        "name": request.POST.get("name", f"{product.name} 2"[:120]),
    }
    if request.method == "POST":
        try:
            with changing(user=request.user, note=gettext_noop("duplicated")) as change:
                copy = duplicate_product(
                    change, product, slug=context["slug"], name=context["name"]
                )
        except ValidationError as error:
            context["errors"] = error.message_dict
        else:
            return redirect("admin:catalog_product_workspace", copy.pk)
    status = 422 if "errors" in context else 200
    return TemplateResponse(request, "admin/catalog/product/duplicate.html", context, status=status)


def _in_place(request: HttpRequest) -> bool:
    """Whether htmx asks, which wants no more than what has changed."""
    return "HX-Request" in request.headers


def frame(site: AdminSite, request: HttpRequest, product: Product, title: str) -> dict[str, Any]:
    return {
        **site.each_context(request),
        "title": title,
        "opts": Product._meta,
        "product": product,
        "may_publish": request.user.has_perm(PUBLISH),
    }


def _page(site: AdminSite, request: HttpRequest, product: Product, told: Told) -> TemplateResponse:
    gone = _gone_row(request, product)
    shown = request.POST.get("list") or request.GET.get("list", "")
    context = {
        **frame(site, request, product, str(product)),
        **_outlined(request, product, told),
        **panel(request, product),
        "pages": pages.links(request, product.pk),
        "company": company(request, product.pk, _("Workspace")),
        "gone": gone,
        "gone_address": gone and restore_address(gone),
        "sections": [section_of(product, kind, shown=kind == shown) for kind in LISTS],
    }
    return TemplateResponse(request, PAGE, context, status=told.status)


def _gone_row(request: HttpRequest, product: Product) -> Revision | None:
    """What has just been deleted, and can be brought back."""
    named = request.GET.get("gone", "")
    if not named.isdecimal() or len(named) > 18:
        return None
    return Revision.objects.filter(pk=named, product_key=product.pk, after__isnull=True).first()


def _fragment(
    site: AdminSite, request: HttpRequest, product: Product, told: Told
) -> TemplateResponse:
    """The part of the page that has changed."""
    if told.kind in LISTS:
        context = {"product": product, "section": section_of(product, told.kind, shown=True)}
        name = "_list"
    else:
        context, name = {"product": product, **_outlined(request, product, told)}, "_outline"
    context["told"] = told
    answer = TemplateResponse(
        request, f"admin/catalog/product/{name}.html", context, status=told.status
    )
    if request.method == "POST":
        answer["HX-Trigger"] = EDITED
    return answer


def _outlined(request: HttpRequest, product: Product, told: Told) -> dict[str, Any]:
    data = request.POST if request.method == "POST" else request.GET
    unfolded = _numbers(data, "open")
    if told.form.startswith("choice-"):
        unfolded.append(int(told.form.removeprefix("choice-")))
    places = (each.partition("-") for each in data.getlist("from")[:200])
    offsets = {
        int(step): int(place)
        for step, _dash, place in places
        if step.isdecimal() and place.isdecimal() and len(step + place) < 24
    }
    if told.at.startswith("option-") and (row := _row(product, told.at)):
        offsets.setdefault(row.step_id, 0)  # where it is now, if its step was folded
    return {
        "steps": outline(product, unfolded=unfolded, offsets=offsets),
        "kinds": Option.Kind.choices,
        "froms": [f"{step}-{place}" for step, place in offsets.items()],
        "told": told,
    }


def _numbers(data: QueryDict, name: str) -> list[int]:
    found = ",".join(data.getlist(name)).split(",")
    return [int(each) for each in found[:2_000] if each.isdecimal() and len(each) < 18]


def _address(request: HttpRequest, product: Product, told: Told) -> str:
    """The page with what was unfolded."""
    query = QueryDict(mutable=True)
    if unfolded := _numbers(request.POST, "open"):
        query["open"] = ",".join(map(str, unfolded))
    if froms := list(filter(None, request.POST.getlist("from"))):
        query.setlist("from", froms)
    if told.kind in LISTS:
        query["list"] = told.kind
    here = reverse("admin:catalog_product_workspace", args=[product.pk])
    return f"{here}?{query.urlencode(safe=',')}" if query else here


def _done(request: HttpRequest, product: Product) -> Told:
    """Do the one thing that a form asks for."""
    data = request.POST
    if adds := data.get("add"):
        return _add(request, product, *adds.partition("-")[::2])
    if data.get("move"):
        return _put(request, product)
    for verb in (*WAYS, "duplicate"):
        if data.get(verb):
            return _one(request, product, verb, data[verb])
    return Told(errors={"": [_("Nothing was asked for.")]})


def _row(product: Product, name: str) -> Any:
    """A row of the product by its kind and key, "option-3"; None if it is not there."""
    kind, _dash, key = name.partition("-")
    if kind not in (*ORDERED, "designcase") or not key.isdecimal() or len(key) > 18:
        return None
    return rows_of(kind, product).filter(pk=key).first()


def _gone() -> Told:
    return Told(errors={"": [_("This is not there any more; somebody may have deleted it.")]})


def _allow(request: HttpRequest, verb: str, kind: str) -> None:
    if not request.user.has_perm(f"catalog.{verb}_{kind}"):
        raise PermissionDenied


def _one(request: HttpRequest, product: Product, verb: str, name: str) -> Told:
    """Move or duplicate one row."""
    row = _row(product, name)
    if row is None:
        return _gone()
    kind = kind_of(row)
    if verb == "duplicate":
        _allow(request, "add", kind)
        with changing(user=request.user, note=gettext_noop("duplicated")) as change:
            copy = duplicate(change, row)
        said = _("%(name)s is there once more.") % {"name": row}
        return Told(done=said, at=f"{kind}-{copy.pk}", kind=kind)
    _allow(request, "change", kind)
    with changing(user=request.user, note=gettext_noop("moved")) as change:
        moved = move(change, row, verb)  # type: ignore[arg-type]
    said = _("%(name)s is moved.") if moved else _("%(name)s is there already.")
    return Told(done=said % {"name": row}, at=name, kind=kind)


def _put(request: HttpRequest, product: Product) -> Told:
    """A row was dragged before another, or to the end of a step."""
    row = _row(product, request.POST["move"])
    before = _row(product, request.POST.get("before", ""))
    step = _row(product, request.POST.get("into", ""))
    if row is None or (before is None and request.POST.get("before")):
        return _gone()
    kind = kind_of(row)
    _allow(request, "change", kind)
    if before is not None and not _together(row, before):
        return Told(errors={"": [_("It cannot be put there.")]})
    with changing(user=request.user, note=gettext_noop("moved")) as change:
        put_before(change, row, before, step if isinstance(step, Step) else None)
    return Told(done=_("%(name)s is moved.") % {"name": row}, at=f"{kind}-{row.pk}", kind=kind)


def _together(row: Any, before: Any) -> bool:
    """Whether the two can stand beside each other."""
    return type(row) is type(before) and getattr(row, "option_id", 0) == getattr(
        before, "option_id", 0
    )


def _add(request: HttpRequest, product: Product, kind: str, key: str) -> Told:
    """A new step, option or choice; what is wrong is told at its field."""
    if kind not in ("step", "option", "choice"):
        return Told(errors={"": [_("Nothing was asked for.")]})
    _allow(request, "add", kind)
    entered = {name: request.POST.get(name, "") for name in FIELDS}
    if kind == "choice":
        entered["name"] = request.POST.get(f"names-{key}", "")
    try:
        with changing(user=request.user, note=gettext_noop("added")) as change:
            row = _added(change, product, kind, key, entered)
    except ValidationError as error:
        errors = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        named = {name.removesuffix("_en"): told for name, told in errors.items()}
        return Told(form=f"{kind}-{key}", entered=entered, errors=named)
    if row is None:
        return _gone()
    return Told(done=_("%(name)s is added.") % {"name": row}, at=f"{kind}-{row.pk}", kind=kind)


FIELDS = ("name", "code", "kind", "minimum", "maximum", "step_size", "unit")


def _added(change: Change, product: Product, kind: str, key: str, entered: dict[str, str]) -> Any:
    """The new row; the last one of several choices; None where its place is gone."""
    name, code = entered["name"], entered["code"]
    if kind == "step":
        return add_step(change, product, name=name, code=code)
    place = _row(product, f"{'step' if kind == 'option' else 'option'}-{key}")
    if place is None:
        return None
    if kind == "choice":
        return add_choices(change, place, name.splitlines())[-1]
    numbers = {
        field: decimal_from(entered[field], field) for field in ("minimum", "maximum", "step_size")
    }
    fields = {"kind": entered["kind"], "unit": entered["unit"].strip(), **numbers}
    return add_option(change, place, name=name, code=code, **fields)


def section_of(product: Product, kind: str, *, shown: bool) -> dict[str, Any]:
    """A kind of rows besides the outline: how many there are, and the first of them if shown."""
    rows = rows_of(kind, product)
    model = rows.model
    name = model._meta.model_name
    lists = reverse(f"admin:catalog_{name}_changelist")
    return {
        "kind": kind,
        "name": model._meta.verbose_name_plural,
        "one": model._meta.verbose_name,
        "count": rows.count(),
        "rows": [_line(row) for row in rows[:LISTED]] if shown else None,
        "all": f"{lists}?product__id__exact={product.pk}",
        "add": f"{reverse(f'admin:catalog_{name}_add')}?product={product.pk}",
        "ordered": model is not DesignCase,
        "listed": LISTED,
    }


def _line(row: Any) -> dict[str, Any]:
    """A row and what it says."""
    kind = kind_of(row)
    words: dict[str, Callable[[], object]] = {
        "rule": lambda: row.text or row.get_kind_display(),
        "pricerule": lambda: row.amount,
        "part": lambda: f"{row.quantity} {row.unit}",
        "operation": lambda: f"{row.setup_minutes} + {row.run_minutes} min",
    }
    when = getattr(row, "when", "")
    key = f"{kind}-{row.pk}"
    return {
        **{
            "row": row,
            "key": key,
            "words": str(words[kind]()) if kind in words else "",
            "when": when,
        },
        "change": reverse(f"admin:catalog_{kind}_change", args=[row.pk]),
        "delete": reverse(f"admin:catalog_{kind}_delete", args=[row.pk]),
    }
