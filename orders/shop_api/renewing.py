"""Placing artwork, and moving a design to a newer release, as the wizard does both."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from configurator.catalog.placements import Placement
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import errors, renewing, services
from configurator.wizard.renewing import renewal_view
from configurator.wizard.services import Edit, Outcome
from orders.shop_api import schemas
from orders.shop_api.designs import Changing, Problems, change, found, locale, told
from orders.shop_api.problems import Refused, of_refusal

router = Router(tags=["designs"])


@router.put("/designs/{uuid:design_id}/files/{option}/placement", response=Changing)
def place_artwork(
    request: HttpRequest,
    response: HttpResponse,
    design_id: UUID,
    option: str,
    asked: schemas.Placement,
) -> Any:
    """Say how the artwork of an option lies in its place; the nearest that there is."""

    def act(edit: Edit, _product: ReleasedProduct) -> Outcome:
        placement = Placement(**asked.dict()).within()
        try:
            return services.place_file(edit=edit, option=option, placement=placement)
        except errors.NothingThere:
            said = _("This picture is not there any more.")
            raise errors.BadInput(option, "", said) from None

    return change(request, response, design_id, act)


@router.get("/designs/{uuid:design_id}/renewal", response={200: schemas.Renewal, **Problems})
def get_renewal(request: HttpRequest, design_id: UUID) -> Any:
    """What the newest release would change of the design; `due` is false where that is nothing."""
    view = renewal_view(found(design_id), locale())
    if view is None:
        return {"due": False}
    moves = [
        {"name": each.name, "before": each.old, "after": each.new, "why": list(each.why)}
        for each in view.moves
    ]
    prices = {"price_before": view.before, "price_after": view.after}
    return {"due": True, "mark": view.mark, "declined": view.kept, "moves": moves, **prices}


@router.post("/designs/{uuid:design_id}/renew", response=Changing)
def renew(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.Renew
) -> Any:
    """Move the design to the newest release, as `renewal` told it: `mark` says what was told.
    With `keep` it stays as it is. 409 `changed` if something else would happen now."""
    design = found(design_id)
    try:
        if asked.keep:
            renewing.keep(design_id=design.pk)
        else:
            renewing.move(design_id=design.pk, mark=asked.mark)
    except renewing.Outdated:
        said = _("Something has changed since this was asked. Please look again.")
        raise Refused(409, "changed", said, "mark") from None
    except errors.NothingThere:
        said = _("Your design is as it was; nothing had to change.")
        raise Refused(409, "nothing_there", said) from None
    except errors.Refused as refused:
        raise of_refusal(design, refused) from None
    return told(request, response, found(design_id))
