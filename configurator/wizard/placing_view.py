"""What the page shows about a placed picture: its fields, how it will come out, and its inks."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.catalog.configuration import Configuration
from configurator.catalog.placements import BOUNDS, placement_of, sha_of
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview.color_names import color_name
from configurator.wizard.proofing import GOOD, SMALL, Proof, inks_used, proof_of
from configurator.wizard.telling import length

TENTHS = ("x", "y")
"""Fields in percent with one decimal; the placement has thousandths."""


@dataclass(frozen=True)
class FieldView:
    """A number of the placement, as its field shows it."""

    name: str
    label: str
    value: str
    minimum: str
    maximum: str
    step: str
    unit: str


@dataclass(frozen=True)
class InkView:
    """An ink of the separation: what it is called, its color, and how much it covers."""

    name: str
    color: str
    share: str


@dataclass(frozen=True)
class PlacingView:
    """`geometry` is JSON for the frame on the picture; `verdict` good, soft, small, or ""."""

    reference: str
    geometry: str
    fields: tuple[FieldView, ...]
    crops: tuple[FieldView, ...]
    ground: FieldView
    grounded: bool  # whether the ground stays
    plain: bool
    verdict: str
    said: str
    notes: tuple[str, ...]
    inks: tuple[InkView, ...]
    most_inks: int
    ink_note: str


def placing_view(
    product: ReleasedProduct,
    whole: Configuration,
    option: str,
    reference: str,
    locale: str,
    refused: str = "",
) -> PlacingView | None:
    """None where the picture of the product does not show the option's picture.

    `refused` are the fields as they were entered and refused, to be shown again.
    """
    proof = proof_of(product, whole, option, reference)
    if proof is None:
        return None
    placement = placement_of(reference)
    again = dict(parse_qsl(refused, keep_blank_values=True))
    made = {
        name: _field(name, label, getattr(placement, name), again.get(name))
        for name, label in labels().items()
    }
    used = inks_used(reference, proof.anchor.inks) if proof.anchor.inks else ()
    return PlacingView(
        reference=reference,
        geometry=_geometry(proof, reference),
        fields=tuple(made[name] for name in ("scale", "angle", "x", "y")),
        crops=tuple(made[name] for name in ("left", "top", "right", "bottom")),
        ground=made["ground"],
        grounded=not placement.ground,
        plain=proof.plain,
        verdict=proof.verdict,
        said=_said(proof, locale),
        notes=tuple(_notes(proof, locale)),
        inks=tuple(
            InkView(
                color_name(plate.color),
                "#{:02x}{:02x}{:02x}".format(*plate.color),
                f"{max(1, round(plate.share * 100))} %",
            )
            for plate in used
        ),
        most_inks=proof.anchor.inks,
        ink_note=_ink_note(proof, len(used)),
    )


def labels() -> dict[str, str]:
    """What the numbers of a placement are called."""
    return {
        "scale": _("Size"),
        "angle": _("Turn"),
        "x": _("To the right"),
        "y": _("Down"),
        "left": _("From the left"),
        "top": _("From the top"),
        "right": _("From the right"),
        "bottom": _("From the bottom"),
        "ground": _("Background"),
    }


def _field(name: str, label: str, value: int, again: str | None) -> FieldView:
    low, high = BOUNDS[name]
    if name in TENTHS:
        parts = f"{value / 10:g}", f"{low / 10:g}", f"{high / 10:g}", "0.1"
    else:
        parts = str(value), str(low), str(high), "1"
    shown = parts[0] if again is None else again
    return FieldView(name, label, shown, *parts[1:], unit="°" if name == "angle" else "%")


def _geometry(proof: Proof, reference: str) -> str:
    anchor = proof.anchor
    facts = {
        "box": [round(each / 10, 3) for each in anchor.box],
        "turn": anchor.turn,
        "view": anchor.view,
        "bleed": round(anchor.bleed_mm / anchor.width_mm * 100, 2) if anchor.width_mm else 0,
        "v": f"{sha_of(reference)[:12]}{reference[64:]}",
    }
    return json.dumps(facts, separators=(",", ":"))


def _said(proof: Proof, locale: str) -> str:
    """The verdict in words, with the number."""
    if not proof.verdict:
        return ""
    parts = {
        "dpi": proof.dpi,
        "wanted": proof.wanted,
        "size": " × ".join(length(side, locale) for side in proof.millimeters),
        "best": length(proof.millimeters[0] * proof.dpi / proof.wanted - 0.5, locale),
    }
    if proof.verdict == GOOD:
        return _("Sharp: %(dpi)s dpi at %(size)s.") % parts
    if proof.verdict == SMALL:
        told = _(
            "Too small: only %(dpi)s dpi at %(size)s; it will look blurred. Up to "
            "%(best)s wide it is sharp – or choose a picture with more pixels."
        )
        return told % parts
    told = _(
        "A little soft: %(dpi)s dpi at %(size)s. Up to %(best)s wide it is sharp (%(wanted)s dpi)."
    )
    return told % parts


def _notes(proof: Proof, locale: str) -> list[str]:
    """What happens at the edges."""
    names = {
        "left": _("on the left"),
        "top": _("at the top"),
        "right": _("on the right"),
        "bottom": _("at the bottom"),
    }
    notes = []
    if proof.close:
        told = _(
            "Its edge lies on the edge of the place %(sides)s. Let it run %(bleed)s over, or "
            "stay %(bleed)s away, so that no bare line can show."
        )
        sides = ", ".join(names[side] for side in proof.close)
        notes.append(told % {"sides": sides, "bleed": length(proof.anchor.bleed_mm, locale, 1)})
    if proof.cut:
        told = _("Cut off %(sides)s: what runs over the place is not made.")
        notes.append(told % {"sides": ", ".join(names[side] for side in proof.cut)})
    return notes


def _ink_note(proof: Proof, used: int) -> str:
    most = proof.anchor.inks
    if not most:
        return ""
    if most == 1:
        return _("This technique has one color: what is dark is made, what is light stays bare.")
    told = ngettext(
        "This technique lays down %(most)s color at most; your picture comes out in %(used)s.",
        "This technique lays down %(most)s colors at most; your picture comes out in %(used)s.",
        most,
    ) % {"most": most, "used": used}
    if proof.plain and not proof.placement.ground:
        told += " " + _("Its background counts as one of them until you remove it.")
    return told
