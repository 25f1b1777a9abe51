"""The papers that can be printed over many work orders."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Group = Literal["bench", "units", "labels"]


@dataclass(frozen=True)
class Kind:
    """One kind of paper. `file` is the stem of the file it goes into; `addressed` ones say whom a
    thing is for (docs/decisions/0008)."""

    code: str
    name: str | Promise
    about: str | Promise
    group: Group
    file: str = "papers"
    addressed: bool = False


LABELS, PART_LABELS = "labels-100x150", "labels-50x30"

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "pull_sheet",
            _("Pull sheet"),
            _("By work center and day, batched to save set-ups."),
            "bench",
        ),
        Kind("pick_list", _("Pick list"), _("All parts along the bins, split by order."), "bench"),
        Kind("cut_list", _("Cut list"), _("By material and thickness, longest first."), "bench"),
        Kind("build_sheet", _("Build sheets"), _("One for each work order."), "units"),
        Kind(
            "packing_slip",
            _("Packing slips"),
            _("One for each order, with the address."),
            "units",
            addressed=True,
        ),
        Kind(
            "customer_card",
            _("Customer cards"),
            _("The picture and a code that opens the design; two a page."),
            "units",
            addressed=True,
        ),
        Kind("unit_label", _("Unit labels"), _("100 × 150 mm, one a unit."), "labels", LABELS),
        Kind(
            "shipping_label",
            _("Shipping labels"),
            _("100 × 150 mm, with the address, one a unit."),
            "labels",
            LABELS,
            addressed=True,
        ),
        Kind("part_label", _("Part labels"), _("50 × 30 mm, one a part."), "labels", PART_LABELS),
    )
}


def addressed(codes: list[str]) -> bool:
    """Whether any of these papers says whom something is for."""
    return any(KINDS[code].addressed for code in codes if code in KINDS)
