"""Placing a picture on the product: moved, sized, turned, cropped, without its ground."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.placements import BOUNDS, LEAST_LEFT, NAMES, Placement, placement_of
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.answers import completed
from configurator.wizard.entering import NUMBER, option_of
from configurator.wizard.errors import BadInput
from configurator.wizard.placing_view import TENTHS, labels
from configurator.wizard.proofing import Proof, proof_of
from configurator.wizard.queries import design_or_404
from configurator.wizard.services import Edit, Outcome
from configurator.wizard.views.actions import perform
from configurator.wizard.views.responding import only

STEP = 1.15
CLEARS = 12
"""Percent that a ground may vary when it is taken away by one click."""


@only("POST")
def place(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Place the picture of an option as the fields say, or by one of the buttons (`do`)."""
    option = request.POST.get("option", "")
    entered = {name: request.POST[name][:12] for name in NAMES if name in request.POST}
    wanted = request.POST.get("do", "")

    def act(edit: Edit, product: ReleasedProduct) -> Outcome:
        option_of(product, option, "file")
        now = Configuration.from_json(design_or_404(edit.design_id).state)
        reference = now.files.get(option, "")
        if not reference:
            raise BadInput(option, "", _("Choose a picture file first."))
        placement = _read(option, entered, placement_of(reference))
        if wanted:
            proof = proof_of(product, completed(product, now), option, reference)
            placement = _done(wanted, placement, proof)
        return services.place_file(edit=edit, option=option, placement=placement.within())

    return perform(request, design_id, act, option)


def _read(option: str, entered: dict[str, str], before: Placement) -> Placement:
    """The placement of the fields; BadInput names the field that can't be."""
    found = {}
    for name, text in entered.items():
        low, high = BOUNDS[name]
        tenth = 10 if name in TENTHS else 1
        shown = text.strip().replace("\N{MINUS SIGN}", "-")
        number = round(float(shown.replace(",", ".")) * tenth) if NUMBER.match(shown) else None
        if number is None or not low <= number <= high:
            told = _("%(field)s: enter a number from %(low)s to %(high)s.")
            parts = {
                "field": labels()[name],
                "low": f"{low / tenth:g}",
                "high": f"{high / tenth:g}",
            }
            raise BadInput(option, urlencode(entered), told % parts)
        found[name] = number
    placement = replace(before, **found)
    for one, other in (("left", "right"), ("top", "bottom")):
        if getattr(placement, one) + getattr(placement, other) > 100 - LEAST_LEFT:
            told = _("At least a tenth of the picture must be left.")
            raise BadInput(option, urlencode(entered), told)
    return placement


def _done(wanted: str, now: Placement, proof: Proof | None) -> Placement:
    """What a button makes of the placement."""
    match wanted:
        case "fit":
            return replace(now, x=0, y=0, scale=100, angle=0)
        case "fill":
            return replace(now, x=0, y=0, scale=proof.filling if proof else 100, angle=0)
        case "center":
            return replace(now, x=0, y=0)
        case "larger":
            return replace(now, scale=max(now.scale + 1, round(now.scale * STEP)))
        case "smaller":
            return replace(now, scale=min(now.scale - 1, round(now.scale / STEP)))
        case "turn":
            return replace(now, angle=(now.angle + 270) % 360 - 180)
        case "ground":
            return replace(now, ground=0)
        case "clear":
            return replace(now, ground=now.ground or CLEARS)
    return now
