"""A journey drawn: boxes from top to bottom, and the ways that leap, as arcs at the side.

Sizes are those of the drawing's own units. The same list stands beside it in words.
"""

from dataclasses import dataclass, field
from textwrap import wrap

from personalization.journeys import sentences
from personalization.journeys.plan import END, GO, IF, MESSAGE, OFFER, STOP, WAIT, Plan, Step

WIDTH, BOX, GAP, TOP = 340, 64, 34, 8
LEFT = 8
LANE = 16
"""Between two arcs beside the boxes."""
ACROSS = 34
"""So many letters fit on a line of a box."""
SHAPES = {WAIT: "wait", IF: "if", MESSAGE: "say", OFFER: "say", GO: "go", STOP: "end"}


@dataclass(frozen=True)
class Box:
    """One box; `y` is its top. `lines` are its words."""

    y: int
    shape: str
    number: str
    lines: tuple[str, ...]
    href: str = ""

    @property
    def baselines(self) -> list[tuple[int, str]]:
        first = self.y + BOX // 2 + 5 - 9 * (len(self.lines) - 1)
        return [(first + 18 * place, line) for place, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Way:
    """An arrow: its path, and what is written at its beginning."""

    path: str
    label: str = ""
    x: int = 0
    y: int = 0
    leaps: bool = False


@dataclass(frozen=True)
class Drawing:
    """All of it."""

    width: int
    height: int
    boxes: list[Box] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


def drawing(plan: Plan) -> Drawing:
    """The journey as a picture."""
    tops = {step.id: _top(place + 1) for place, step in enumerate(plan.steps)}
    tops[END] = _top(len(plan.steps) + 1)
    boxes = [Box(TOP, "begin", "", _lines(sentences.begins(plan.trigger)))]
    ways = [_down(TOP, tops[plan.after("")])]
    leaps: list[tuple[Step, int]] = []
    for place, step in enumerate(plan.steps):
        said = _lines(sentences.said(plan, step))
        boxes.append(Box(tops[step.id], SHAPES.get(step.kind, "go"), str(place + 1), said))
        if step.kind not in (GO, STOP):
            ways.append(_down(tops[step.id], tops[plan.after(step.id)], _yes(step)))
        if step.branches or step.kind in (GO, STOP):
            to = END if step.kind == STOP else plan.target(step)
            leaps.append((step, tops.get(to, tops[END])))
    boxes.append(Box(tops[END], "end", "", (sentences.said(plan, Step(kind=STOP)),)))
    width = LEFT + WIDTH + LANE * (len(leaps) + 1) + 44
    for lane, (step, to_y) in enumerate(leaps):
        ways.append(_leap(tops[step.id], to_y, lane, _no(step)))
    return Drawing(width, tops[END] + BOX + TOP, boxes, ways)


def _top(place: int) -> int:
    return TOP + place * (BOX + GAP)


def _lines(said: str) -> tuple[str, ...]:
    found = wrap(said, ACROSS)
    return (*found[:2], f"{found[2][: ACROSS - 1]}…") if len(found) > 3 else tuple(found[:3])


def _yes(step: Step) -> str:
    if step.kind == IF:
        return str(sentences.YES)
    return str(sentences.CAME) if step.branches else ""


def _no(step: Step) -> str:
    if step.kind == IF:
        return str(sentences.NO)
    return str(sentences.TOO_LATE) if step.branches else ""


def _down(from_y: int, to_y: int, label: str = "") -> Way:
    """From one box to the next below it."""
    x = LEFT + WIDTH // 2
    return Way(f"M{x} {from_y + BOX} V{to_y - 2}", label, x + 8, from_y + BOX + 21)


def _leap(from_y: int, to_y: int, lane: int, label: str) -> Way:
    """Beside the boxes, up or down; each in a lane of its own."""
    right = LEFT + WIDTH
    x, start, end = right + LANE * (lane + 1) + 10, from_y + BOX // 2, to_y + 14
    bend = 8 if end > start else -8
    path = (
        f"M{right} {start} H{x - 8} Q{x} {start} {x} {start + bend} V{end - bend}"
        f" Q{x} {end} {x - 8} {end} H{right + 3}"
    )
    return Way(path, label, right + 6, start - 6, leaps=True)
