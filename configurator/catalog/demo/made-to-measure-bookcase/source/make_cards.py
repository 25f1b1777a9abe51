"""Cuts the small pictures of choices, in ../cards, from pictures of the product itself.

Run it with the project's Python after the other two: python make_cards.py
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE.parents[3]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django  # noqa: E402

django.setup()

import yaml  # noqa: E402
from django.conf import settings  # noqa: E402
from PIL import Image  # noqa: E402

from configurator.catalog.configuration import Configuration  # noqa: E402
from configurator.catalog.importing.normal import content_of_file  # noqa: E402
from configurator.catalog.modeling import model_of  # noqa: E402
from configurator.catalog.released import ReleasedProduct  # noqa: E402
from configurator.engine import Value, compile_model  # noqa: E402
from configurator.wizard.preview.rendering import compose  # noqa: E402

SIZE = (360, 240)
SHARP = 2400  # px, the width of the picture that a card is cut from
CASE: dict[str, Value] = {
    "width": 1000, "height": 800, "depth": 300, "bays": 2, "shelves": 1, "board": "t25",
    "wood": "oak", "finish": "oil", "base": "plinth", "back": "white", "edge": "soft",
    "drawers": False, "cornice": False, "lighting": "unlit", "plate": False, "doors": "open",
}  # fmt: skip
SEAM, KNOB, DOOR = (430, 377, 340), (500, 365, 200), (330, 480, 240)
INSIDE, FOOT, FLOATING = (300, 372, 330), (262, 668, 280), (300, 318, 280)


@dataclass(frozen=True)
class Card:
    """A cutting at (left, top, width) in scene pixels of the case with some choices."""

    place: tuple[int, int, int]
    choices: dict[str, Value] = field(default_factory=dict)


DOORS: dict[str, Value] = {"doors": "full", "handles": "knob"}
SLABS: dict[str, Value] = {**DOORS, "door_style": "slab"}
CARDS = {
    **{f"door-{each}": Card(SEAM, {**DOORS, "door_style": each})
       for each in ("slab", "framed", "glass")},
    **{f"handle-{each}": Card(KNOB, {**SLABS, "handles": each})
       for each in ("knob", "bar", "leather", "push")},
    **{f"finish-{each}": Card(DOOR, {**SLABS, "finish": each})
       for each in ("oil", "white_oil", "lacquer")},
    "finish-paint": Card(DOOR, {**SLABS, "finish": "paint", "paint_color": "sage"}),
    **{f"back-{each}": Card(INSIDE, {"back": each})
       for each in ("white", "black", "matching", "no_back")},
    **{f"base-{each}": Card(FOOT, {"base": each}) for each in ("plinth", "legs")},
    "base-hung": Card(FLOATING, {"base": "hung", "fixing": "masonry"}),
}  # fmt: skip


def bookcase() -> ReleasedProduct:
    data = yaml.safe_load((HERE / "product.yaml").read_text(encoding="utf-8"))
    for step in data["steps"]:
        for option in step["options"]:
            for choice in option.get("choices", ()):
                choice.pop("image", None)
    content = content_of_file(data, {})
    content["files"] = {f"layers/{p.name}": f"layers/{p.name}" for p in (HERE / "layers").iterdir()}
    return ReleasedProduct.load(uuid4(), 1, "cards", content, compile_model(model_of(content)))


def main() -> None:
    settings.MEDIA_ROOT = HERE
    (HERE / "cards").mkdir(exist_ok=True)
    product = bookcase()
    for name, card in CARDS.items():
        choices = product.space.complete(card.choices, prefer=CASE)
        picture = compose(product, Configuration(choices), SHARP)
        left, top, width = (each * SHARP // 1200 for each in card.place)
        cutting = picture.crop((left, top, left + width, top + width * SIZE[1] // SIZE[0]))
        small = cutting.resize(SIZE, Image.Resampling.LANCZOS)
        small.save(HERE / "cards" / f"{name}.jpg", quality=84, optimize=True)


if __name__ == "__main__":
    main()
