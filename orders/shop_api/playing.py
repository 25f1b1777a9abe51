"""Playing with a design: surprise, what was done, back to any of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from configurator.wizard import playing
from configurator.wizard.history import history_of
from configurator.wizard.screen import Screen
from orders.shop_api import schemas
from orders.shop_api.designs import Changing, Problems, change, found

router = Router(tags=["designs"])


@router.post("/designs/{uuid:design_id}/surprise", response=Changing)
def surprise(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Surprise
) -> Any:
    """Decide all that was not chosen by hand at random, within the limits; `anew`: everything."""
    return change(
        request,
        response,
        design_id,
        lambda edit, _product: playing.surprise(edit=edit, anew=asked.anew),
    )


@router.get("/designs/{uuid:design_id}/history", response={200: list[schemas.StepDone], **Problems})
def list_history(request: HttpRequest, design_id: UUID, before: schemas.Revision = 0) -> Any:
    """What was done, latest first, 24 at a time; `before`: the last revision of the page before."""
    screen = Screen(found(design_id))
    return [
        {
            "revision": step.revision,
            "words": step.words,
            "detail": step.detail,
            "price": step.price,
            "current": step.current,
            "undone": step.undone,
        }
        for step in history_of(screen, before).steps
    ]


@router.post("/designs/{uuid:design_id}/restore", response=Changing)
def restore(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Restore
) -> Any:
    """Go back to the state after a revision, as a new change."""
    return change(
        request,
        response,
        design_id,
        lambda edit, _product: playing.restore(edit=edit, revision=asked.revision),
    )
