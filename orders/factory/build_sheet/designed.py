"""What the customer designed: the picture, and every choice by step."""

from orders.papers import text as texts
from orders.papers import tongues
from orders.papers.content import Choice, Content, StepChoices
from orders.papers.flow import LEADING, Flow
from orders.papers.fonts import BOLD, SANS
from orders.papers.pen import BLACK, FAINT, GRAY, Pen, ink, jpeg_size
from orders.papers.pour import Block, Group, pour

GAP = 20.0  # between the columns of choices
NAME, VALUE = 8.5, 10.0  # font sizes of a choice's name and label
DENSE = 60  # with more choices than this they are set in three columns
SWATCH = 9.0
PICTURE_HEIGHT = 196.0


def choices(flow: Flow, content: Content, picture: bytes | None) -> None:
    """The picture over the first column, then all choices grouped by step."""
    total = sum(len(step.choices) for step in content.steps)
    count = 3 if total > DENSE else 2
    width = (flow.width - GAP * (count - 1)) / count
    first = _picture(flow, picture, width) if picture else 0.0
    groups = [_group(step, width, dense=count == 3) for step in content.steps]
    pour(flow, groups, count=count, gap=GAP, first=first)


def _picture(flow: Flow, picture: bytes, width: float) -> float:
    """Draw the picture into the first column and say how much height it takes."""
    pixels, lines = jpeg_size(picture)
    height = min(width * lines / pixels, PICTURE_HEIGHT)
    drawn = height * pixels / lines
    x, y = flow.left + (width - drawn) / 2, flow.y

    def draw(pen: Pen) -> None:
        pen.jpeg(x, y, drawn, height, picture)
        pen.frame(x, y, drawn, height, FAINT, 0.5)

    flow.draw(draw)
    return height + 8


def _group(step: StepChoices, width: float, *, dense: bool) -> Group:
    again = tongues.again(step.name)
    return Group(
        _heading(step.name, width),
        _heading(again, width),
        [_choice(choice, width, dense=dense) for choice in step.choices],
    )


def _heading(title: str, width: float) -> Block:
    size = texts.fitted(title, BOLD, 9.5, width)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + 17, title, BOLD, size)
        pen.rule(x, y + 22, width, BLACK, 1)

    return Block(24, paint)


def _choice(choice: Choice, width: float, *, dense: bool) -> Block:
    """A name on the left in gray, the swatch and the chosen label on the right in bold."""
    name_size, value_size = (NAME - 1.3, VALUE - 1.8) if dense else (NAME, VALUE)
    split = width * 0.46
    mark = SWATCH + 5 if choice.swatch else 0.0
    names = texts.wrap(choice.name, SANS, name_size, split - 8)
    font = SANS if choice.off else BOLD
    labels = texts.wrap(choice.label, font, value_size, width - split - mark)
    leading = value_size * LEADING
    height = max(len(names) * name_size * LEADING + 1, len(labels) * leading) + 3.4
    color = GRAY if choice.off else BLACK

    def paint(pen: Pen, x: float, y: float) -> None:
        base = y + 2 + value_size
        if choice.swatch:
            pen.fill(x + split, base - SWATCH + 1, SWATCH, SWATCH, ink(choice.swatch))
            pen.frame(x + split, base - SWATCH + 1, SWATCH, SWATCH, BLACK, 0.4)
        for i, line in enumerate(names):
            pen.text(x, base + i * name_size * LEADING, line, SANS, name_size, GRAY)
        for i, line in enumerate(labels):
            pen.text(x + split + mark, base + i * leading, line, font, value_size, color)
        pen.rule(x, y + height, width, FAINT, 0.35)

    return Block(height, paint)
