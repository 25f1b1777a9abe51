"""Draw the touring bicycle: `python draw.py [name …]` writes ../layers/*.png and ../cards/*.webp.

Every layer is an SVG document made by the modules beside this file, rendered on the full canvas.
With names only the layers that begin with one of them are remade (`cards`: only the cards).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import resvg_py
from PIL import Image, ImageChops

sys.path.insert(0, str(Path(__file__).parent))

import ahead
import ahead_cockpit
import ahead_luggage
import bags
import cards
import cockpit
import drivetrain
import equipment
import frames
import guards
import seats
import wheels
from pen import Pen

LAYERS = Path(__file__).resolve().parent.parent / "layers"
WHEELS = ("w28", "w26")
ALMOST_GRAY = 15
TIRES = ("t35", "t42", "t50")
BARS = ("drop", "flat", "trekking", "swept")
Drawing = tuple[str, Callable[[], Pen]]


def wheel_layers() -> Iterator[Drawing]:
    for wheel in WHEELS:
        for tire in TIRES:
            yield f"shadow-{wheel}-{tire}", partial(wheels.shadow, wheel, tire)
            yield f"tire-wall-{wheel}-{tire}", partial(wheels.tire_wall, wheel, tire)
            for tread in wheels.TREADS:
                yield (
                    f"tire-tread-{wheel}-{tire}-{tread}",
                    partial(wheels.tire_tread, wheel, tire, tread),
                )
        for kind in wheels.RIMS:
            yield f"rim-{wheel}-{kind}", partial(wheels.rim, wheel, kind)
        for count in (32, 36):
            yield f"spokes-{wheel}-s{count}", partial(wheels.spokes, wheel, count)
        yield f"v-brakes-{wheel}", partial(guards.v_brakes, wheel)
        for guard in guards.GUARDS:
            yield f"mudguards-{wheel}-{guard}", partial(guards.mudguards, wheel, guard)
    for front in ("plain", "dynamo"):
        yield f"hub-front-{front}", partial(wheels.front_hub, front)
    for rear in wheels.REAR_HUBS:
        yield f"hub-rear-{rear}", partial(wheels.rear_hub, rear)
    yield "discs", wheels.discs
    yield "ring-lock", guards.ring_lock


def frame_layers() -> Iterator[Drawing]:
    for shape in ("diamond", "mixte"):
        for material in frames.DIAMETERS:
            name = f"{shape}-{material}"
            yield f"frame-{name}", partial(frames.frame, shape, material)
            yield f"frame-light-{name}", partial(frames.frame_light, shape, material)
    for material in frames.DIAMETERS:
        yield f"frame-parts-{material}", partial(frames.frame_parts, material)
    for fork in ("classic", "straight", "carbon"):
        yield f"fork-{fork}", partial(frames.fork, fork)
        yield f"fork-light-{fork}", partial(frames.fork_light, fork)
    yield "travel-joints", frames.travel_joints


def drive_layers() -> Iterator[Drawing]:
    yield "drive-derail_22", partial(drivetrain.derailleur, (53.0, 40.0), (41.0, 33.0, 26.0, 19.0))
    yield "drive-derail_12", partial(drivetrain.derailleur, (47.0,), (49.0, 40.0, 31.0, 22.0, 16.0))
    yield "drive-single-chain", partial(drivetrain.single, 19.0, 48.0, belt=False)
    yield "drive-single-belt", partial(drivetrain.single, 20.0, 48.0, belt=True)
    yield "gearbox", drivetrain.gearbox
    yield "spider", partial(drivetrain.spider, 42.0)
    yield "guard-ring", drivetrain.guard_ring
    yield "crank-near", partial(drivetrain.crank, near=True)
    yield "crank-far", partial(drivetrain.crank, near=False)
    for kind in ("platform", "wide", "combi"):
        yield f"pedal-near-{kind}", partial(drivetrain.pedal, kind, near=True)
        yield f"pedal-far-{kind}", partial(drivetrain.pedal, kind, near=False)
    for stand in ("rear", "center"):
        yield f"kickstand-{stand}", partial(drivetrain.kickstand, stand)


def cockpit_layers() -> Iterator[Drawing]:
    for kind in BARS:
        yield f"bar-{kind}", partial(cockpit.bar, kind)
        yield f"grip-{kind}", partial(cockpit.grip, kind)
        yield f"levers-{kind}", partial(cockpit.levers, kind)
        yield f"cables-{kind}", partial(cockpit.cables, kind)
    yield "bar-far-drop", partial(cockpit.far_bar, "drop")
    for stem in ("plain", "adjustable"):
        yield f"stem-{stem}", partial(cockpit.stem, stem)
    for bell in ("mini", "brass", "dingdong"):
        yield f"bell-{bell}", partial(cockpit.bell, bell, "other")
    for post in ("silver", "black", "suspension", "carbon"):
        yield f"seatpost-{post}", partial(seats.seatpost, post)
    for saddle in seats.SADDLES:
        yield f"saddle-{saddle}", partial(seats.saddle, saddle)
        yield f"saddle-rails-{saddle}", partial(seats.saddle_rails, saddle)
        yield f"saddle-detail-{saddle}", partial(seats.saddle_detail, saddle)
    yield "badge", cockpit.badge


def all_layers() -> Iterator[Drawing]:
    yield from wheel_layers()
    yield from frame_layers()
    yield from drive_layers()
    yield from cockpit_layers()
    yield from equipment.layers()
    yield from bags.layers()
    yield from ahead.layers()
    yield from ahead_cockpit.layers()
    yield from ahead_luggage.layers()


def render(drawing: Pen) -> bytes:
    """A PNG of the drawing, transparent where nothing is painted.

    A drawing that is all but gray keeps only lightness and alpha: half the bytes, no banding.
    """
    png = resvg_py.svg_to_bytes(svg_string=drawing.svg(), skip_system_fonts=True)
    with Image.open(io.BytesIO(png)) as raw:
        image = raw.convert("RGBA")
    # Fully transparent pixels become plain black, which compresses to nothing.
    visible = image.getchannel("A").point(lambda alpha: 255 if alpha > 1 else 0)
    clean = Image.new("RGBA", image.size, (0, 0, 0, 0))
    clean.paste(image, (0, 0), visible)
    if colorfulness(clean) <= ALMOST_GRAY:
        clean = clean.convert("LA")
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def colorfulness(image: Image.Image) -> int:
    """The largest difference between two color channels anywhere (0: gray), edges aside."""
    red, green, blue, alpha = image.split()
    spread = ImageChops.lighter(ImageChops.difference(red, blue), ImageChops.difference(red, green))
    solid = ImageChops.multiply(spread, alpha.point(lambda value: 255 if value > 60 else 0))
    return max(solid.tobytes())


def main(prefixes: list[str]) -> None:
    LAYERS.mkdir(exist_ok=True)
    total = 0
    for name, draw in all_layers():
        if prefixes and not name.startswith(tuple(prefixes)):
            continue
        data = render(draw())
        (LAYERS / f"{name}.png").write_bytes(data)
        total += len(data)
    if not prefixes or "cards" in prefixes:
        total += cards.write_all()
    sys.stdout.write(f"{total / 1e6:.2f} MB written to {LAYERS.parent}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
