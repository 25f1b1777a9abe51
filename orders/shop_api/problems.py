"""Answers that are no success: problem+json (RFC 9457), in the caller's language."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from configurator.catalog.configuration import value_to_json
from configurator.catalog.texts import say
from configurator.wizard import errors
from configurator.wizard.conflicts import explain
from configurator.wizard.models import Design
from configurator.wizard.outside import excess
from configurator.wizard.screen import Screen
from orders.shop_api import telling

PROBLEM_JSON = "application/problem+json"


class Refused(Exception):
    """An HTTP status with a problem; `more` are further members of it."""

    def __init__(self, status: int, code: str, detail: str, field: str = "", **more: Any) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.field, self.more = (
            status,
            code,
            detail,
            field,
            more,
        )


def problem(api: NinjaAPI, request: HttpRequest, refused: Refused) -> HttpResponse:
    """The answer for a refusal."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(refused.status).phrase,
        "status": refused.status,
        "detail": refused.detail,
        "code": refused.code,
        "field": refused.field,
        **refused.more,
    }
    response = api.create_response(request, body, status=refused.status)
    response["Content-Type"] = PROBLEM_JSON
    response["Cache-Control"] = "no-store, private"
    return response


def document_problems(operation: dict[str, Any]) -> None:
    """Says of an operation what every one may answer, and that problems are problem+json."""
    responses = operation["responses"]
    told = {"$ref": "#/components/schemas/Problem"}
    everywhere = {"422": "Unprocessable Content"}
    of_bodies = {"400": "Bad Request", "413": "Content Too Large"}
    may = everywhere | (of_bodies if "requestBody" in operation else {})
    for status, title in may.items():
        content = {"application/json": {"schema": told}}
        responses.setdefault(int(status), {"description": title, "content": content})
    for status, answer in responses.items():
        content = answer.get("content", {})
        if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in content:
            answer["content"] = {PROBLEM_JSON: content["application/json"]}


def of_refusal(design: Design, refused: errors.Refused) -> Refused:
    """What the wizard would show for a change that was refused, as a problem."""
    screen = Screen(design)
    found = _of(screen, refused)
    found.more["revision"] = design.revision
    return found


def _of(screen: Screen, refused: errors.Refused) -> Refused:
    match refused:
        case errors.BadInput():
            return Refused(422, "bad_input", refused.message, refused.option)
        case errors.BadLimits():
            return Refused(422, "bad_limits", str(refused), ",".join(refused.wrong))
        case errors.Impossible():
            return _impossible(screen, refused)
        case errors.OverLimits():
            detail = _("No design with it keeps your budget and your date.")
            record = telling.excess_record(excess(screen, refused.option, refused.value))
            return Refused(409, "over_limits", detail, refused.option, excess=record)
        case errors.ChangedMeanwhile():
            return _changed(screen, refused)
        case errors.Locked():
            return Refused(409, "locked", _locked(screen, refused.option), refused.option)
        case errors.NothingThere():
            return Refused(409, "nothing_there", _("There is nothing to undo or redo."))
        case errors.Undecided():
            told = _("What would fit together then cannot be worked out in time. Choose otherwise.")
            return Refused(422, "undecided", told)
        case errors.Busy():
            return Refused(409, "busy", _("Someone else is changing this design. Try again."))
    return Refused(422, "unknown_option", _("This product has no such option."), "option")


def _impossible(screen: Screen, no: errors.Impossible) -> Refused:
    conflict = explain(screen, no.option, no.value)
    if conflict is None:
        told = _("That just became possible. Please choose again.")
        return Refused(409, "possible_now", told, no.option)
    names = ", ".join(f"{item.name} {item.label}" for item in conflict.because)
    pattern = _("%(value)s does not go with: %(names)s.") if names else _("%(value)s is not made.")
    detail = pattern % {"value": conflict.label, "names": names}
    record = telling.conflict_record(screen.product, conflict)
    return Refused(409, "impossible", detail, no.option, conflict=record)


def _changed(screen: Screen, changed: errors.ChangedMeanwhile) -> Refused:
    name = say(screen.product.options[changed.option].name, screen.locale)
    detail = _("“%(name)s” has been changed elsewhere meanwhile.") % {"name": name}
    both = {
        side: None if value is None else value_to_json(value)
        for side, value in (("mine", changed.mine), ("theirs", changed.theirs))
    }
    return Refused(409, "changed_meanwhile", detail, changed.option, versions=both)


def _locked(screen: Screen, option: str) -> str:
    info = screen.product.options.get(option)
    name = say(info.name, screen.locale) if info else option
    told = _("“%(name)s” can’t be changed any more: %(why)s. Nothing was changed.")
    return told % {"name": name, "why": screen.locked.get(option, "")}
