"""Designs: begun, looked at and changed by the services that the wizard calls."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import File, Router, Status
from ninja.files import UploadedFile

from configurator.catalog.queries import NoLiveRelease, live_release, released
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from configurator.wizard import demand, errors, limits, reach, services
from configurator.wizard.conflicts import explain
from configurator.wizard.entering import NO, YES, read_value
from configurator.wizard.models import Design
from configurator.wizard.outside import amount, excess
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import Screen
from configurator.wizard.services import Edit, Outcome
from configurator.wizard.tariffs import charge_of
from configurator.wizard.uploads import store_artwork
from configurator.wizard.valuing import OVER
from orders.shop_api import schemas, telling
from orders.shop_api.marks import etag_of, matches, revision_asked
from orders.shop_api.problems import Refused, of_refusal
from orders.shop_api.rates import PerMinute

router = Router(tags=["designs"])
Act = Callable[[Edit, ReleasedProduct], Outcome]
Problems: dict[Any, Any] = {404: schemas.Problem, 422: schemas.Problem, 429: schemas.Problem}
Changing: dict[Any, Any] = {
    200: schemas.Design,
    409: schemas.Problem,
    412: schemas.Problem,
    428: schemas.Problem,
    **Problems,
}
DAY = 86_400


def locale() -> str:
    return get_language() or "en"


def found(design_id: UUID) -> Design:
    """The design with this id. Refused with 404."""
    design = Design.objects.filter(id=design_id).first()
    if design is None:
        raise Refused(404, "not_found", _("There is no such design."), "design_id")
    return design


def entered(value: Any) -> str:
    """A JSON value as a form would post it."""
    if isinstance(value, bool):
        return YES if value else NO
    return value if isinstance(value, str) else repr(value)


def told(
    request: HttpRequest,
    response: HttpResponse,
    design: Design,
    outcome: Outcome | None = None,
    step: str = "",
) -> Any:
    """The design's record, with its mark in the headers."""
    record = telling.design_record(request, Screen(design), outcome, step)
    response["ETag"] = etag_of(record)
    response["Cache-Control"] = "no-cache, private"
    return record


@router.post(
    "/designs",
    response={201: schemas.Design, **Problems},
    throttle=[PerMinute("SHOP_API_DESIGNS")],
)
def begin_design(request: HttpRequest, response: HttpResponse, asked: schemas.Begin) -> Any:
    """Begin a design of a product's release of today."""
    try:
        product = live_release(asked.product)
    except NoLiveRelease:
        raise Refused(404, "not_found", _("There is no such product."), "product") from None
    known = dict(settings.LANGUAGES)
    language = asked.language if asked.language in known else locale()
    shown = asked.begin == "showcase"
    design = services.start_design(slug=product.slug, language=language, shown=shown)
    response["Location"] = reverse("shop-api-v1:get_design", args=[design.id])
    return Status(201, told(request, response, design))


@router.get("/designs/{uuid:design_id}", response={200: schemas.Design, 304: None, **Problems})
def get_design(
    request: HttpRequest, response: HttpResponse, design_id: UUID, step: schemas.Code = ""
) -> Any:
    """A design as it is now: what is decided, what every value would mean, price, day."""
    record = told(request, response, found(design_id), step=step)
    if matches(request, response["ETag"]):
        return Status(304, None)
    return record


@router.get("/designs/{uuid:design_id}/explain", response={200: schemas.Explanation, **Problems})
def explain_value(
    request: HttpRequest,
    response: HttpResponse,
    design_id: UUID,
    option: schemas.Code,
    value: schemas.Code,
) -> Any:
    """Why a value is not possible, or over the limits, and what it would take to have it.

    `value` is a choice's code, `yes` or `no`, or a number.
    """
    design = found(design_id)
    screen = Screen(design)
    try:
        wanted = read_value(screen.product, option, value, screen.locale)
    except errors.Refused as refused:
        raise of_refusal(design, refused) from None
    conflict = explain(screen, option, wanted)
    over = conflict is None and screen.valuer.worth(option, wanted).state == OVER
    if conflict is not None:
        demand.told(response, design, option, wanted, conflict.names)
    return {
        "possible": conflict is None and not over,
        "conflict": telling.conflict_record(screen.product, conflict) if conflict else None,
        "excess": telling.excess_record(excess(screen, option, wanted)) if over else None,
    }


def change(
    request: HttpRequest, response: HttpResponse, design_id: UUID, act: Act, insist: bool = False
) -> Any:
    """Make a change at the revision that `If-Match` names; what others changed since is merged."""
    design = found(design_id)
    revision = revision_asked(request, design.revision)
    try:
        edit = Edit(design.pk, revision, insist=insist)
        outcome = act(edit, released(design.release_id))
    except errors.Refused as refused:
        raise of_refusal(found(design_id), refused) from None
    return told(request, response, outcome.design, outcome)


@router.post("/designs/{uuid:design_id}/choose", response=Changing)
def choose(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Choose
) -> Any:
    """Choose a value; with `repair` other choices change for it.

    409 `impossible` says why not and lists the ways; `changed_meanwhile` has both versions.
    """

    def act(edit: Edit, product: ReleasedProduct) -> Outcome:
        wanted = read_value(product, asked.option, entered(asked.value), locale())
        if asked.repair:
            changes = _changes(product, asked.changes)
            return services.repair(edit=edit, option=asked.option, value=wanted, changes=changes)
        bounds = None if asked.limits is None else _limits(product, asked.limits, edit)
        return services.choose(edit=edit, option=asked.option, value=wanted, limits=bounds)

    record = change(request, response, design_id, act, asked.insist)
    if asked.repair:
        demand.made_room(response, design_id)
    return record


def _changes(product: ReleasedProduct, asked: dict[str, Any]) -> reach.Changes:
    return {
        code: None if value is None else _read(product, code, value)
        for code, value in asked.items()
        if code in product.options
    }


def _read(product: ReleasedProduct, code: str, value: Any) -> Value:
    return read_value(product, code, entered(value), "en")


def _limits(product: ReleasedProduct, asked: schemas.Limits, edit: Edit) -> limits.Limits:
    """The limits, checked as those of the wizard's form are."""
    minor = None if asked.budget is None else int((asked.budget * 100).to_integral_value())
    day = asked.day.isoformat() if asked.day else ""
    if minor is not None and not limits.knows_prices(product):
        message = _("A budget can’t be checked for this product.")
        raise errors.BadLimits(amount(minor), day, {"budget": message})
    charge = charge_of(product, design_or_404(edit.design_id))
    return limits.read_limits(amount(minor), day, charge, "en")


@router.post("/designs/{uuid:design_id}/clear", response=Changing)
def clear(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Clear
) -> Any:
    """Leave an option open again: its choice, text or file is let go."""
    return change(
        request,
        response,
        design_id,
        lambda edit, _product: services.clear(edit=edit, option=asked.option),
        asked.insist,
    )


@router.post("/designs/{uuid:design_id}/text", response=Changing)
def write_text(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Text
) -> Any:
    """Write the text of an option; an empty one leaves it open."""
    return change(
        request,
        response,
        design_id,
        lambda edit, _product: services.write_text(edit=edit, option=asked.option, text=asked.text),
        asked.insist,
    )


@router.post("/designs/{uuid:design_id}/files/{option}", response=Changing)
def upload(
    request: HttpRequest,
    response: HttpResponse,
    design_id: UUID,
    option: str,
    file: File[UploadedFile],
) -> Any:
    """Give an option its artwork: a PNG, JPEG or WebP as the form's `file`."""

    def act(edit: Edit, product: ReleasedProduct) -> Outcome:
        address = request.META.get("REMOTE_ADDR", "")
        key = f"uploaded:{address}"
        counted: dict[str, Any] = cache.get(key) or {}
        sha = store_artwork(
            product=product,
            design_id=design_id,
            option=option,
            upload=file,
            session=counted,
            address=address,
        )
        cache.set(key, counted, DAY)
        return services.attach_file(edit=edit, option=option, sha=sha)

    return change(request, response, design_id, act)


def _act_of(verb: Callable[..., Outcome], **more: Any) -> Act:
    return lambda edit, _product: verb(edit=edit, **more)


@router.post("/designs/{uuid:design_id}/undo", response=Changing)
def undo(request: HttpRequest, response: HttpResponse, design_id: UUID) -> Any:
    """Take the last change back."""
    return change(request, response, design_id, _act_of(services.undo))


@router.post("/designs/{uuid:design_id}/redo", response=Changing)
def redo(request: HttpRequest, response: HttpResponse, design_id: UUID) -> Any:
    """Bring back what was taken back."""
    return change(request, response, design_id, _act_of(services.redo))


@router.post("/designs/{uuid:design_id}/finish", response=Changing)
def finish(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Finish
) -> Any:
    """Decide all that is open, at the lowest price or for the earliest day, within the limits."""
    fastest = asked.by == "fastest"
    return change(request, response, design_id, _act_of(services.finish, fastest=fastest))


@router.put("/designs/{uuid:design_id}/limits", response=Changing)
def set_limits(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Limits
) -> Any:
    """Set, change or drop the customer's budget and day."""
    act = partial(_set_limits, asked)
    return change(request, response, design_id, act)


def _set_limits(asked: schemas.Limits, edit: Edit, product: ReleasedProduct) -> Outcome:
    return services.set_limits(edit=edit, limits=_limits(product, asked, edit))
