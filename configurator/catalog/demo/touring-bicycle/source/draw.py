"""Draw all layers of the touring bicycle: `python draw.py [name …]` writes ../layers/*.png.

Every layer is an SVG document made by the modules beside this file, rendered on the full canvas.
With names only the layers that begin with one of them are remade.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import resvg_py
from PIL import Image, ImageChops

sys.path.insert(0, str(Path(__file__).parent))

import cockpit
import drivetrain
import equipment
import frames
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
            yield f"shadow-{wheel}-{tire}", lambda w=wheel, t=tire: wheels.shadow(w, t)
            yield f"tire-wall-{wheel}-{tire}", lambda w=wheel, t=tire: wheels.tire_wall(w, t)
            for tread in wheels.TREADS:
                yield (
                    f"tire-tread-{wheel}-{tire}-{tread}",
                    lambda w=wheel, t=tire, k=tread: wheels.tire_tread(w, t, k),
                )
        for kind in wheels.RIMS:
            yield f"rim-{wheel}-{kind}", lambda w=wheel, k=kind: wheels.rim(w, k)
        for count in (32, 36):
            yield f"spokes-{wheel}-s{count}", lambda w=wheel, n=count: wheels.spokes(w, n)
        yield f"v-brakes-{wheel}", lambda w=wheel: wheels.v_brakes(w)
        for guard in wheels.GUARDS:
            yield f"mudguards-{wheel}-{guard}", lambda w=wheel, k=guard: wheels.mudguards(w, k)
    for front in ("plain", "dynamo"):
        yield f"hub-front-{front}", lambda f=front: wheels.front_hub(f)
    for rear in wheels.REAR_HUBS:
        yield f"hub-rear-{rear}", lambda r=rear: wheels.rear_hub(r)
    yield "discs", wheels.discs
    yield "ring-lock", wheels.ring_lock


def frame_layers() -> Iterator[Drawing]:
    for shape in ("diamond", "mixte"):
        for material in frames.DIAMETERS:
            name = f"{shape}-{material}"
            yield f"frame-{name}", lambda s=shape, m=material: frames.frame(s, m)
            yield f"frame-light-{name}", lambda s=shape, m=material: frames.frame_light(s, m)
    for material in frames.DIAMETERS:
        yield f"frame-parts-{material}", lambda m=material: frames.frame_parts(m)
    for fork in ("classic", "straight", "carbon"):
        yield f"fork-{fork}", lambda k=fork: frames.fork(k)
        yield f"fork-light-{fork}", lambda k=fork: frames.fork_light(k)
    yield "travel-joints", frames.travel_joints


def drive_layers() -> Iterator[Drawing]:
    yield "drive-derail_22", lambda: drivetrain.derailleur((53.0, 40.0), (41.0, 33.0, 26.0, 19.0))
    yield "drive-derail_12", lambda: drivetrain.derailleur((47.0,), (49.0, 40.0, 31.0, 22.0, 16.0))
    yield "drive-single-chain", lambda: drivetrain.single(24.0, 50.0, belt=False)
    yield "drive-single-belt", lambda: drivetrain.single(25.0, 50.0, belt=True)
    yield "gearbox", drivetrain.gearbox
    yield "spider", lambda: drivetrain.spider(42.0)
    yield "guard-ring", drivetrain.guard_ring
    yield "crank-near", lambda: drivetrain.crank(near=True)
    yield "crank-far", lambda: drivetrain.crank(near=False)
    for kind in ("platform", "wide", "combi"):
        yield f"pedal-near-{kind}", lambda k=kind: drivetrain.pedal(k, near=True)
        yield f"pedal-far-{kind}", lambda k=kind: drivetrain.pedal(k, near=False)
    for stand in ("rear", "center"):
        yield f"kickstand-{stand}", lambda k=stand: drivetrain.kickstand(k)


def cockpit_layers() -> Iterator[Drawing]:
    for kind in BARS:
        yield f"bar-{kind}", lambda k=kind: cockpit.bar(k)
        yield f"grip-{kind}", lambda k=kind: cockpit.grip(k)
        yield f"levers-{kind}", lambda k=kind: cockpit.levers(k)
        yield f"cables-{kind}", lambda k=kind: cockpit.cables(k)
    yield "bar-far-drop", lambda: cockpit.far_bar("drop")
    for stem in ("plain", "adjustable"):
        yield f"stem-{stem}", lambda k=stem: cockpit.stem(k)
    for bell in ("mini", "brass", "dingdong"):
        yield f"bell-{bell}", lambda k=bell: cockpit.bell(k, "other")
    for post in ("silver", "black", "suspension", "carbon"):
        yield f"seatpost-{post}", lambda k=post: cockpit.seatpost(k)
    for saddle in cockpit.SADDLES:
        yield f"saddle-{saddle}", lambda k=saddle: cockpit.saddle(k)
        yield f"saddle-rails-{saddle}", lambda k=saddle: cockpit.saddle_rails(k)
        yield f"saddle-detail-{saddle}", lambda k=saddle: cockpit.saddle_detail(k)
    yield "badge", cockpit.badge


def all_layers() -> Iterator[Drawing]:
    yield from wheel_layers()
    yield from frame_layers()
    yield from drive_layers()
    yield from cockpit_layers()
    yield from equipment.layers()


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
    spread = ImageChops.lighter(
        ImageChops.difference(red, blue), ImageChops.difference(red, green)
    )
    solid = ImageChops.multiply(spread, alpha.point(lambda value: 255 if value > 60 else 0))
    return int(solid.getextrema()[1])


def main(prefixes: list[str]) -> None:
    LAYERS.mkdir(exist_ok=True)
    total = 0
    for name, draw in all_layers():
        if prefixes and not name.startswith(tuple(prefixes)):
            continue
        data = render(draw())
        (LAYERS / f"{name}.png").write_bytes(data)
        total += len(data)
    sys.stdout.write(f"{total / 1e6:.2f} MB written to {LAYERS}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
