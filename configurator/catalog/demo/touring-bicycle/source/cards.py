"""Small pictures of single choices (../cards/*.webp): the part itself on its ghosted neighbors."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import bags
import cockpit
import drivetrain
import equipment
import frames
import guards
import resvg_py
import seats
import wheels
from pen import Pen
from PIL import Image, ImageChops

CARDS = Path(__file__).resolve().parent.parent / "cards"
SIZE = (360, 270)
GHOST = 0.26  # how visible the neighbors are

HONEY, BROWN, BLACK, CREAM = "#bd7f45", "#6f4630", "#33312f", "#e6dcc4"
FOREST, SKY, RAW, OLIVE, SLATE = "#2f5a48", "#8fb0c2", "#c1bcb2", "#7b7a52", "#5d6a73"
TAN, STEEL = "#c3935a", "#c9c8c3"

Part = tuple[Callable[[], Pen], str]  # a drawing and its tint ("" for none)


@dataclass(frozen=True)
class Card:
    name: str
    center: tuple[float, float]
    width: float  # pixels of the big picture that the card shows
    parts: tuple[Part, ...]
    around: tuple[Part, ...] = ()


def wheel(
    tread: str = "road", rim: str = "silver", tire: str = "t42", wall: str = TAN
) -> list[Part]:
    return [
        (partial(wheels.spokes, "w28", 32), ""),
        (partial(wheels.tire_wall, "w28", tire), wall),
        (partial(wheels.tire_tread, "w28", tire, tread), ""),
        (partial(wheels.rim, "w28", rim), ""),
    ]


def body(material: str = "steel", tint: str = FOREST, shape: str = "diamond") -> list[Part]:
    return [
        (partial(frames.frame, shape, material), tint),
        (partial(frames.frame_light, shape, material), ""),
        (partial(frames.frame_parts, material), ""),
    ]


def frame_cards() -> Iterator[Card]:
    tints = {"steel": FOREST, "aluminum": SKY, "stainless": "#d2d1cd", "titanium": RAW}
    for material, tint in tints.items():
        parts = tuple(body(material, tint))
        yield Card(f"frame_material-{material}", (722.0, 330.0), 300, parts)
    for fork in ("classic", "straight", "carbon"):
        tint = BLACK if fork == "carbon" else FOREST
        parts = ((partial(frames.fork, fork), tint), (partial(frames.fork_light, fork), ""))
        yield Card(f"fork-{fork}", (868.0, 465.0), 340, parts, (*wheel(), *body()))


def wheel_cards() -> Iterator[Card]:
    for rim in wheels.RIMS:
        yield Card(f"rims-{rim}", (400.0, 470.0), 190, tuple(wheel(rim=rim)))
    for tread in wheels.TREADS:
        yield Card(f"tread-{tread}", (355.0, 384.0), 110, tuple(wheel(tread, tire="t50")))


def drive_cards() -> Iterator[Card]:
    crank: list[Part] = [
        (partial(drivetrain.spider, 42.0), ""),
        (partial(drivetrain.crank, near=True), ""),
    ]
    chain: Part = (partial(drivetrain.single, 19.0, 48.0, belt=False), "")
    belt: Part = (partial(drivetrain.single, 20.0, 48.0, belt=True), "")
    sets: dict[str, list[Part]] = {
        "derail_22": [(partial(drivetrain.derailleur, (53.0, 40.0), (41.0, 33.0, 26.0, 19.0)), "")],
        "derail_12": [(partial(drivetrain.derailleur, (47.0,), (49.0, 40.0, 31.0, 22.0)), "")],
        "hub_8": [(partial(wheels.rear_hub, "hub_8"), ""), chain],
        "hub_14": [(partial(wheels.rear_hub, "hub_14"), ""), chain],
        "gearbox": [(drivetrain.gearbox, ""), belt],
    }
    for gears, parts in sets.items():
        yield Card(f"gears-{gears}", (425.0, 614.0), 450, (*parts, *crank), (*wheel(), *body()))
    for pedal in ("platform", "wide", "combi"):
        part: Part = (partial(drivetrain.pedal, pedal, near=True), "")
        yield Card(f"pedals-{pedal}", (632.0, 644.0), 130, (part,), tuple(crank))


def brake_cards() -> Iterator[Card]:
    disc: Part = (wheels.discs, "")
    around: tuple[Part, ...] = (*wheel(), (partial(frames.fork, "classic"), FOREST))
    hub: Part = (partial(wheels.front_hub, "plain"), "")
    yield Card("brakes-disc", (918.0, 570.0), 190, (disc, hub), around)
    arms: Part = (partial(guards.v_brakes, "w28"), "")
    yield Card("brakes-vbrake", (838.0, 395.0), 190, (arms,), around)


def cockpit_cards() -> Iterator[Card]:
    def bar(kind: str, tint: str) -> list[Part]:
        return [
            (partial(cockpit.bar, kind), ""),
            (partial(cockpit.grip, kind), tint),
            (partial(cockpit.levers, kind), ""),
        ]

    around: tuple[Part, ...] = (*body(), (partial(cockpit.stem, "plain"), ""))
    for kind in ("drop", "flat", "trekking", "swept"):
        tint = BLACK if kind in ("flat", "trekking") else HONEY
        yield Card(f"handlebar-{kind}", (812.0, 232.0), 260, tuple(bar(kind, tint)), around)
    grips = {
        "tape_cork": ("drop", HONEY, (862.0, 262.0)),
        "tape_leather": ("drop", BROWN, (862.0, 262.0)),
        "grips_ergo": ("flat", BLACK, (800.0, 202.0)),
        "grips_leather": ("swept", HONEY, (744.0, 200.0)),
        "foam": ("trekking", BLACK, (800.0, 200.0)),
    }
    for name, (kind, tint, center) in grips.items():
        yield Card(f"grips-{name}", center, 120, tuple(bar(kind, tint)))


def seat_cards() -> Iterator[Card]:
    post: Part = (partial(seats.seatpost, "silver"), "")
    for saddle in seats.SADDLES:
        tint = BLACK if saddle in ("gel", "sport") else HONEY
        parts: tuple[Part, ...] = (
            (partial(seats.saddle_rails, saddle), ""),
            (partial(seats.saddle, saddle), tint),
            (partial(seats.saddle_detail, saddle), ""),
        )
        yield Card(f"saddle-{saddle}", (417.0, 206.0), 216, parts, (post,))
    rails: Part = (partial(seats.saddle_rails, "leather"), "")
    cover: Part = (partial(seats.saddle, "leather"), HONEY)
    for kind in ("silver", "black", "suspension", "carbon"):
        part: Part = (partial(seats.seatpost, kind), "")
        yield Card(f"seatpost-{kind}", (430.0, 262.0), 190, (part,), (rails, cover, *body()))


def equipment_cards() -> Iterator[Card]:
    around: tuple[Part, ...] = (*wheel(), *body(), (partial(frames.fork, "classic"), FOREST))
    bands: dict[str, tuple[Part, ...]] = {
        kind: ((partial(guards.mudguards, "w28", kind), ""),) for kind in guards.GUARDS
    }
    for kind, parts in {**bands, "without": ()}.items():
        yield Card(f"mudguards-{kind}", (905.0, 440.0), 440, parts, around)
    for kind in ("alloy", "steel", "without"):
        parts = () if kind == "without" else ((partial(equipment.rear_rack, kind), ""),)
        yield Card(f"rear_rack-{kind}", (300.0, 440.0), 440, parts, around)
    for kind in ("without", "mini", "lowrider", "porter"):
        parts = () if kind == "without" else ((partial(equipment.front_rack, kind), ""),)
        yield Card(f"front_rack-{kind}", (905.0, 440.0), 440, parts, around)
    lamps: dict[str, tuple[Part, ...]] = {
        "battery": ((partial(equipment.lamp_front, "battery", "bar"), ""),),
        "dynamo": (
            (partial(equipment.lamp_front, "dynamo", "crown"), ""),
            (partial(wheels.front_hub, "dynamo"), ""),
        ),
        "without": (),
    }
    bar: tuple[Part, ...] = (partial(cockpit.stem, "plain"), ""), (partial(cockpit.bar, "flat"), "")
    for kind, parts in lamps.items():
        yield Card(f"lights-{kind}", (868.0, 390.0), 560, parts, (*around, *bar))
    locks: dict[str, tuple[Part, ...]] = {
        "ring": ((guards.ring_lock, ""),),
        "folding": ((partial(equipment.folding_lock, "seat"), ""),),
        "without": (),
    }
    for kind, parts in locks.items():
        yield Card(f"lock-{kind}", (440.0, 450.0), 300, parts, around)


def bag_cards() -> Iterator[Card]:
    rear, front, large = bags.REAR_BOX, bags.FRONT_BOX, bags.LARGE_BOX
    around: tuple[Part, ...] = (*wheel(), *body(), (partial(frames.fork, "classic"), FOREST))
    sets: dict[str, tuple[Part, ...]] = {
        "rear_bags-without": (),
        "rear_bags-roll": (
            (partial(bags.roll_bag, rear), SLATE),
            (partial(bags.roll_trim, rear), ""),
        ),
        "rear_bags-canvas": (
            (partial(bags.canvas_bag, rear), OLIVE),
            (partial(bags.canvas_trim, rear), ""),
        ),
        "rear_bags-expedition": (
            (partial(bags.roll_bag, large), SLATE),
            (bags.expedition_extra, SLATE),
            (partial(bags.roll_trim, large), ""),
        ),
        "front_bags-without": (),
        "front_bags-roll": (
            (partial(bags.roll_bag, front), SLATE),
            (partial(bags.roll_trim, front), ""),
        ),
        "front_bags-canvas": (
            (partial(bags.canvas_bag, front), OLIVE),
            (partial(bags.canvas_trim, front), ""),
        ),
    }
    rack: Part = (partial(equipment.rear_rack, "steel"), "")
    low: Part = (partial(equipment.front_rack, "lowrider"), "")
    for name, parts in sets.items():
        is_rear = name.startswith("rear")
        center = (262.0, 442.0) if is_rear else (912.0, 572.0)
        yield Card(
            name, center, 400 if is_rear else 330, parts, (*around, rack if is_rear else low)
        )


def all_cards() -> Iterator[Card]:
    yield from frame_cards()
    yield from wheel_cards()
    yield from drive_cards()
    yield from brake_cards()
    yield from cockpit_cards()
    yield from seat_cards()
    yield from equipment_cards()
    yield from bag_cards()


def _crop(part: Part, card: Card) -> Image.Image:
    """The card's window of a drawing, tinted, at the card's own resolution."""
    draw, tint = part
    height = card.width * SIZE[1] / SIZE[0]
    left, top = card.center[0] - card.width / 2, card.center[1] - height / 2
    svg = draw().svg()
    start = svg.index("viewBox=")
    end = svg.index(" fill-rule")
    window = f'viewBox="{left} {top} {card.width} {height}" width="{SIZE[0]}" height="{SIZE[1]}"'
    png = resvg_py.svg_to_bytes(svg_string=svg[:start] + window + svg[end:], skip_system_fonts=True)
    with Image.open(io.BytesIO(png)) as raw:
        image = raw.convert("RGBA")
    if tint:
        colored = ImageChops.multiply(image.convert("RGB"), Image.new("RGB", SIZE, tint))
        colored.putalpha(image.getchannel("A"))
        return colored
    return image


def paint(card: Card) -> Image.Image:
    picture = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    for part in card.around:
        picture.alpha_composite(_crop(part, card))
    picture.putalpha(picture.getchannel("A").point(lambda alpha: round(alpha * GHOST)))
    for part in card.parts:
        picture.alpha_composite(_crop(part, card))
    ground = Image.new("RGBA", SIZE, "#f6f1e8")
    ground.alpha_composite(picture)
    return ground.convert("RGB")


def write_all() -> int:
    """Write every card; gives the number of bytes."""
    CARDS.mkdir(exist_ok=True)
    total = 0
    for card in all_cards():
        out = io.BytesIO()
        paint(card).save(out, "WEBP", quality=86, method=6)
        (CARDS / f"{card.name}.webp").write_bytes(out.getvalue())
        total += len(out.getvalue())
    return total
