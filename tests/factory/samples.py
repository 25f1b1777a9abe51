"""Specifications and work orders as the shop gets them, for tests and benches."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from orders.factory.build_sheet import Operation, Part, Sheet

SHA = "3f9a1c07b2d4e6580a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef"
AWKWARD = "Zażółć gęślą jaźń ¿Ñandú? <b>x</b> & {name} %s"

STEPS: dict[str, list[tuple[str, str, str]]] = {
    "Size and leather": [
        ("Size", "Classic, 33 × 24 cm", ""),
        ("Leather", "Smooth, vegetable-tanned", ""),
        ("Body", "Chestnut", "#7b3f1d"),
        ("Flap", "Espresso", "#3b2417"),
        ("Gusset", "Chestnut", "#7b3f1d"),
        ("Strap leather", "Black", "#1c1a19"),
        ("Trim", "Cognac", "#a5592a"),
    ],
    "Stitching": [
        ("Thread", "Linen, saddle-stitched by hand", ""),
        ("Thread color", "Ivory", "#efe6d2"),
        ("Edges", "Painted and burnished", ""),
        ("Edge color", "Natural", "#b98e5d"),
    ],
    "Closing and carrying": [
        ("Closure", "Two buckles", ""),
        ("Hardware", "Solid brass", "#c9a227"),
        ("Strap", "Crossbody, 28 mm", ""),
        ("Strap length", "115 cm", ""),
        ("Handle", "Rolled", ""),
        ("Metal feet", "No", ""),
    ],
    "Inside": [
        ("Lining", "Cotton twill", ""),
        ("Lining color", "Petrol", "#1f4e5a"),
        ("Front pocket", "One wide pocket", ""),
        ("Laptop sleeve", "13 inch", ""),
        ("Zip pocket", "Yes", ""),
        ("Organizer", "No", ""),
    ],
    "Personal touch": [
        ("Monogram", "Yes", ""),
        ("Lettering", "Roman", ""),
        ("Finish", "Gold foil", "#d4af37"),
        ("Place", "Flap", ""),
        ("Gift wrap", "Box with ribbon", ""),
    ],
}


def specification(**changes: Any) -> dict[str, Any]:
    """A leather satchel as frozen at review."""
    choices = [
        _choice(f"s{i}", step, f"o{i}_{j}", *row)
        for i, (step, rows) in enumerate(STEPS.items())
        for j, row in enumerate(rows)
    ]
    content: dict[str, Any] = {
        "format": 1,
        "release": {"id": "0", "sha": "a" * 64, "number": 3, "slug": "leather-satchel"},
        "product": {"name": {"en": "Leather satchel"}, "currency": "EUR", "tax_rate": "23.00"},
        "choices": choices,
        "texts": [
            {
                "option": "monogram_text",
                "name": {"en": "Monogram"},
                "text": "Łucja & Íñigo",
                "stem": "EBGaramond-Regular",
                "millimeters": 16,
            }
        ],
        "files": [
            {
                "option": "artwork",
                "name": {"en": "Artwork"},
                "sha": "c" * 64,
                "width": 640,
                "height": 400,
                "box": [90, 45],
            }
        ],
        "configuration": {"choices": {}, "texts": {}, "files": {}},
        "prices": [
            {"code": "base", "label": {"en": "Base price"}, "amount": "240.00"},
            {"code": "leather", "label": {"en": "Leather: Smooth"}, "amount": "36.50"},
            {"code": "gift-set", "label": {"en": "Gift set discount"}, "amount": "-5.00"},
        ],
        "net": "271.50",
        "lead_days": 12,
        "parts": [],
        "operations": [],
        "picture": "d" * 64,
    }
    return {**content, **changes}


def _choice(step: str, step_name: str, code: str, name: str, label: str, swatch: str) -> Any:
    toggle = {"Yes": True, "No": False}
    return {
        "step": step,
        "step_name": {"en": step_name},
        "option": code,
        "name": {"en": name},
        "kind": "toggle" if label in toggle else "choice",
        "value": toggle.get(label, label.casefold()),
        "label": {"en": label},
        "unit": "",
        "swatch": swatch,
    }


def large(options: int = 148) -> dict[str, Any]:
    """A product with many options, like those of the car benchmarks."""
    choices = [
        _choice(f"s{i // 20}", f"Group {i // 20 + 1}", f"v{i}", f"Variable {i:03}", f"v{i}_{i % 7}",
                "#336699" if i % 9 == 0 else "")
        for i in range(options)
    ]  # fmt: skip
    return specification(choices=choices, texts=[], files=[])


def parts() -> tuple[Part, ...]:
    cuts = [
        ("Front panel", "LS-100", "Chestnut", "L-01", 1, "346", "256", "2.4"),
        ("Back panel", "LS-101", "Chestnut", "L-01", 1, "346", "256", "2.4"),
        ("Flap with top", "LS-102", "Espresso", "L-02", 1, "350", "287", "2.4"),
        ("Gusset, one strip", "LS-103", "Chestnut", "L-03", 1, "850", "116", "1.6"),
        ("Front pocket", "LS-104", "Chestnut", "L-01", 1, "306", "149", "2.2"),
        ("Closing strap", "LS-106", "Black", "L-04", 2, "204", "22", "3"),
        ("Strap, long end", "LS-108", "Black", "L-04", 1, "960", "28", "3.2"),
        ("Strap, buckle end", "LS-109", "Black", "L-04", 1, "410", "28", "3.2"),
        ("Handle cover, rolled", "LS-112", "Cognac", "L-05", 1, "280", "62", "1.4"),
        ("Sleeve padding, wool felt", "LS-202", "Gray wool felt", "T-04", 2, "322", "233", "6"),
    ]
    pulled = [
        ("Handle core, cotton cord 12 mm", "LS-113", "Cotton cord", "N-02", "0.22", "m"),
        ("Lining, cotton twill", "LS-200", "Petrol", "T-01", "0.47", "m2"),
        ("Buckle 22 mm", "HW-310", "Solid brass", "H-10", "2", "pcs"),
        ("Buckle 28 mm", "HW-311", "Solid brass", "H-2", "1", "pcs"),
        ("D-ring 28 mm", "HW-320", "Solid brass", "H-3", "2", "pcs"),
        ("Linen thread 0.8 mm", "TH-080", "Ivory", "N-01", "38", "m"),
        ("Zip 18 cm, with slider", "HW-410", "", "H-7", "1", "pcs"),
        ("Gift box 40 × 32 × 14 cm", "PK-900", "", "P-01", "1", "set"),
    ]
    made = [
        Part(name, Decimal(n), "pcs", number, material, bin_,
             (Decimal(length), Decimal(width), Decimal(thick)))
        for name, number, material, bin_, n, length, width, thick in cuts
    ]  # fmt: skip
    made += [
        Part(name, Decimal(quantity), unit, number, material, bin_)
        for name, number, material, bin_, quantity, unit in pulled
    ]
    return tuple(made)


def operations() -> tuple[Operation, ...]:
    rows = [
        ("Cut the leather", "Cutting bench", "10", "42",
         "Lay the panels on the back half of the hide, grain along the long side.",
         ("No scars inside the panels", "Edges square to 0.5 mm")),
        ("Skive and split", "Splitter", "5", "18", "Skive all turned edges to 0.8 mm over 12 mm.",
         ()),
        ("Emboss the monogram", "Press", "12", "6",
         "Gold foil, 110 °C, 3 s. Roman letters 16 mm high, centered on the flap.",
         ("Spelling compared with this sheet", "Foil is whole")),
        ("Sew the lining", "Sewing", "6", "35", "Petrol lining, pocket for a 13 inch laptop.", ()),
        ("Saddle-stitch the body", "Sewing", "5", "178",
         "Ivory linen thread, 3.4 mm pitch, two needles. Three back stitches at each end.",
         ("Pitch even on both sides", "No loose thread ends")),
        ("Paint and burnish the edges", "Finishing", "8", "40", "Natural, three coats.", ()),
        ("Set the hardware", "Assembly", "4", "22", "Solid brass: two buckles, two D-rings.",
         ("Every rivet pulled by hand",)),
        ("Final check and packing", "Packing", "2", "12", "Box with ribbon.",
         ("Compared with the picture", "Strap length measured: 115 cm")),
    ]  # fmt: skip
    return tuple(
        Operation(name, center, Decimal(setup), Decimal(run), text, checks)
        for name, center, setup, run, text, checks in rows
    )


def photo(width: int = 1200, height: int = 900, color: str = "#d9cfc0") -> bytes:
    """A JPEG that stands for the renderer's picture."""
    image = Image.new("RGB", (width, height), "#f3eee6")
    pencil = ImageDraw.Draw(image)
    pencil.rounded_rectangle(
        [width * 0.2, height * 0.25, width * 0.8, height * 0.85], height * 0.06, fill=color
    )
    pencil.ellipse([width * 0.44, height * 0.5, width * 0.56, height * 0.66], fill="#8a5a2b")
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def sheet(**changes: Any) -> Sheet:
    facts: dict[str, Any] = {
        "number": "2026-00017-1",
        "order_number": "2026-00017",
        "revision": SHA,
        "quantity": 1,
        "due_on": date(2026, 12, 4),
        "firm": "Customerize Workshop",
        "specification": specification(),
        "parts": parts(),
        "operations": operations(),
        "picture": photo(),
        "artwork": {"c" * 64: photo(640, 400, "#35603f")},
    }
    return Sheet(**{**facts, **changes})
