"""A product that no diagram holds and that a search answers at once: a mosaic of tiles.

Neighbors differ in color. The number of designs of an edge of tiles that a diagram must keep apart
grows by a factor of three with every tile.
"""

from pathlib import Path
from typing import Any

import yaml

COLORS = {"sand": "0", "clay": "1.50", "slate": "2.25", "moss": "3"}


def mosaic(rows: int, columns: int, **product: Any) -> dict[str, Any]:
    """The product file's data: a step a row, an option a tile, a rule a pair of neighbors."""
    places = [(row, column) for row in range(rows) for column in range(columns)]
    pairs = [
        (one, two)
        for row, column in places
        for one, two in (((row, column), (row + 1, column)), ((row, column), (row, column + 1)))
        if two in places
    ]
    return {
        "format": 1,
        "product": {
            "slug": "mosaic",
            "name": {"en": "Mosaic", "es": "Mosaico", "pl": "Mozaika"},
            "currency": "EUR",
            "tax_rate": 23,
            "base_price": 90,
            "base_days": 3,
            **product,
        },
        "steps": [_step(row, columns) for row in range(rows)],
        "rules": [
            {
                "code": f"{_code(one)}-{_code(two)}",
                "rule": f"{_code(one)} != {_code(two)}",
                "message": {"en": "Neighbors differ.", "pl": "Sąsiednie kafelki się różnią."},
            }
            for one, two in pairs
        ],
        "operations": [
            {"code": "lay", "name": "Laying", "work_center": "bench", "run_minutes": "10"}
        ],
        "work_centers": [{"code": "bench", "name": "Bench"}],
    }


def _code(place: tuple[int, int]) -> str:
    return f"t{place[0]}_{place[1]}"


def _step(row: int, columns: int) -> dict[str, Any]:
    return {
        "code": f"row{row}",
        "name": f"Row {row + 1}",
        "options": [_tile((row, column)) for column in range(columns)],
    }


def _tile(place: tuple[int, int]) -> dict[str, Any]:
    choices = [
        {
            "code": code,
            "name": code.title(),
            "price": price,
            **({"lead_days": 4} if code == "moss" else {}),
        }
        for code, price in COLORS.items()
    ]
    return {
        "code": _code(place),
        "name": f"Tile {place[0] + 1}.{place[1] + 1}",
        "kind": "choice",
        "control": "segmented",
        "choices": choices,
    }


def write_mosaic(folder: Path, rows: int, columns: int, **product: Any) -> Path:
    """The product file in a folder."""
    file = folder / "mosaic.yaml"
    file.write_text(yaml.safe_dump(mosaic(rows, columns, **product)), encoding="utf-8")
    return file
