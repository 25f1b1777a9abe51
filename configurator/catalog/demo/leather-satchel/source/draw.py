"""Draw all picture layers of the leather satchel.

    python configurator/catalog/demo/leather-satchel/source/draw.py [NAME …]

writes layers/*.png and cards/*.jpg beside product.yaml; with names, only the layers that begin
with one of them. Takes about a minute. Needs numpy, Pillow and resvg-py (development
dependencies).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cards
import details
import leather
import opened
import props
import textures
from relief import Layer

PRODUCT = Path(__file__).resolve().parent.parent
LAYERS, CARDS = PRODUCT / "layers", PRODUCT / "cards"
Recipe = Callable[[], Layer]


def recipes() -> dict[str, Recipe]:
    """Every layer by its file name."""
    found: dict[str, Recipe] = {
        "ground-shadow": props.ground_shadow,
        "gusset": leather.gusset,
        "body": leather.body,
        "flap": leather.flap,
        "sheen": leather.sheen,
        "strap": leather.strap,
        "strap-padded": partial(leather.strap, padded=True),
        "side-tabs": leather.side_tabs,
        "side-tabs-fixed": partial(leather.side_tabs, fixed=True),
        "tag": leather.tag,
        "handle-stitching": details.handle_stitching,
        "care-kit": props.care_kit,
        "lining-cotton": partial(props.lining, "cotton"),
        "lining-microsuede": partial(props.lining, "microsuede"),
    }
    for kind in ("smooth", "pebbled", "suede", "waxed"):
        found[f"texture-{kind}"] = partial(textures.overlay, kind)
    for kind in ("single", "twin"):
        found[f"pocket-{kind}"] = partial(leather.front_pocket, kind)
        for way in ("machine", "hand"):
            found[f"stitching-pocket-{kind}-{way}"] = partial(
                details.pocket_stitching, kind, by_hand=way == "hand"
            )
    for way in ("machine", "hand"):
        found[f"stitching-{way}"] = partial(details.main_stitching, by_hand=way == "hand")
    for kind in ("painted", "burnished", "piped"):
        found[f"edge-{kind}"] = partial(details.edge, kind)
    for kind in ("flat", "rolled"):
        found[f"handle-{kind}"] = partial(leather.handle, kind)
    for kind in ("buckles", "magnets"):
        found[f"closing-{kind}"] = partial(leather.closing, kind)
        found[f"closing-{kind}-stitching"] = partial(details.closing_stitching, kind)
    for metal in details.METALS:
        found |= _of_metal(metal)
    return found | opened.recipes()


def _of_metal(metal: str) -> dict[str, Recipe]:
    return {
        f"metal-buckles-{metal}": partial(details.buckles, metal),
        f"metal-turn_lock-{metal}": partial(details.turn_lock, metal),
        f"metal-magnets-{metal}": partial(details.tab_rivet, metal),
        f"metal-hooks-{metal}": partial(details.side_rings, metal, hooks=True),
        f"metal-rivets-{metal}": partial(details.side_rings, metal, hooks=False),
        f"metal-strap-{metal}": partial(details.strap_buckle, metal),
        f"metal-handle-{metal}": partial(details.handle_rings, metal),
        f"metal-feet-{metal}": partial(details.feet, metal),
    }


def main(names: list[str]) -> None:
    LAYERS.mkdir(exist_ok=True)
    total = 0
    for name, recipe in recipes().items():
        if names and not any(name.startswith(wanted) for wanted in names):
            continue
        size = recipe().save(LAYERS / f"{name}.png")
        total += size
        sys.stdout.write(f"{name}.png  {size / 1024:.0f} KB\n")
        sys.stdout.flush()
    CARDS.mkdir(exist_ok=True)
    for name, picture in cards.cards(LAYERS):
        file = CARDS / f"{name}.jpg"
        picture.save(file, quality=84, optimize=True, progressive=True)
        total += file.stat().st_size
    sys.stdout.write(f"together {total / 1024:.0f} KB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
