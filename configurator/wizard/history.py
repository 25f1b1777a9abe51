"""What was done to a design, step by step, as its customer reads it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.catalog.configuration import Configuration, value_from_json
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import ModelError
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.limits import FREE, knows_prices
from configurator.wizard.merging import NO_EDITS, differing
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.screen import Screen, is_pictured
from configurator.wizard.tariffs import Tariff

PAGE = 24
"""So many steps are listed at once."""
Kind = DesignEvent.Kind


@dataclass(frozen=True)
class StepDone:
    """One edit: what was done, what the design cost then, and whether it is undone now."""

    revision: int
    words: str
    detail: str
    price: str
    picture: str
    current: bool
    undone: bool
    begun: bool


@dataclass(frozen=True)
class History:
    """Edits, latest first; `older` is the revision before which there are more, 0 if none."""

    steps: list[StepDone]
    older: int


def history_of(screen: Screen, before: int = 0) -> History:
    """The edits of a design on its present release, a page of them."""
    design = screen.design
    first = _first(design)
    edits = design.events.exclude(kind__in=NO_EDITS).filter(revision__gte=first)
    if before:
        edits = edits.filter(revision__lt=before)
    rows = list(edits.order_by("-revision")[: PAGE + 1])
    states = _states(design, rows)
    line = _line(design, first)
    steps = [_step(screen, event, states, line) for event in rows[:PAGE]]
    return History(steps, rows[PAGE - 1].revision if len(rows) > PAGE else 0)


def _first(design: Design) -> int:
    """The revision with which the design came to its release."""
    moved = design.events.filter(kind=Kind.MOVE).order_by("-revision")
    return moved.values_list("revision", flat=True).first() or 0


def _states(design: Design, rows: list[DesignEvent]) -> dict[int, Configuration]:
    """The states after the edits, and after those that they changed."""
    listed = {event.revision for event in rows}
    bases = {event.base for event in rows if event.base is not None} - listed
    found = design.events.filter(revision__in=bases).values_list("revision", "state")
    states = {revision: Configuration.from_json(state) for revision, state in found}
    return states | {event.revision: Configuration.from_json(event.state) for event in rows}


def _line(design: Design, first: int) -> set[int]:
    """The edits that led to the present state."""
    edits = design.events.exclude(kind__in=NO_EDITS).filter(revision__gte=first)
    bases = dict(edits.values_list("revision", "base"))
    line: set[int] = set()
    at: int | None = design.cursor
    while at is not None and at in bases:
        line.add(at)
        at = bases[at]
    return line


def _step(
    screen: Screen, event: DesignEvent, states: dict[int, Configuration], line: set[int]
) -> StepDone:
    state = states[event.revision]
    before = states.get(event.base) if event.base is not None else None
    words, detail = _words(screen, event, state, before)
    return StepDone(
        revision=event.revision,
        words=words,
        detail=detail,
        price=price_words(screen.product, state, screen.tariff, screen.locale)
        if screen.priced
        else "",
        picture=_picture(screen, event.revision),
        current=event.revision == screen.design.cursor,
        undone=event.revision not in line,
        begun=event.kind == Kind.START,
    )


def _picture(screen: Screen, revision: int) -> str:
    if not is_pictured(screen.product):
        return ""
    return reverse("wizard:picture", args=[screen.design.id, revision, "webp"]) + "?w=240"


def price_words(product: ReleasedProduct, state: Configuration, tariff: Tariff, locale: str) -> str:
    """What a state costs with tax: the least, or, where prices are not compared, as shown; "" if
    the product has changed so that it does not fit."""
    try:
        net = answer_of(product, state, FREE).total
        if not knows_prices(product):
            whole = completed(product, state)
            net = sum(product.space.term_amounts(whole.choices, whole.texts).values())
    except ModelError:
        return ""
    if net is None:
        return ""
    return tariff.money(net, locale)


def _words(
    screen: Screen, event: DesignEvent, state: Configuration, before: Configuration | None
) -> tuple[str, str]:
    """What was done, and what else changed with it."""
    option = screen.product.options.get(event.option)
    name = say(option.name, screen.locale) if option else event.option
    said = {
        Kind.START: _("Begun"),
        Kind.SHOWCASE: _("Took a finished design to begin with"),
        Kind.FINISH: _("Finished for you"),
        Kind.SURPRISE: _("Surprise"),
        Kind.TAKE: _("Took another design over"),
        Kind.MOVE: _("Moved to today’s version of the product"),
        Kind.BACK: _("Took a choice back: %(name)s") % {"name": name}
        if name
        else _("Took choices back"),
        Kind.LOCK: _("Went back to what can’t be changed"),
        Kind.CLEAR: _("%(name)s left open") % {"name": name},
        Kind.FILE: _("%(name)s: your picture") % {"name": name},
        Kind.PLACE: _("%(name)s: placed") % {"name": name},
    }
    if event.kind in said:
        return said[Kind(event.kind)], _also(screen, state, before, event)
    if event.kind == Kind.RESTORE:
        return _("Went back to an earlier state"), _also(screen, state, before, event)
    if event.kind == Kind.TEXT:
        written = state.texts.get(event.option, "")
        return (f"{name}: “{written}”" if written else _("%(name)s left open") % {"name": name}), ""
    value = value_from_json(event.value) if option else str(event.value)
    label = screen.product.label(event.option, value, screen.locale) if option else value
    return f"{name}: {label}", _also(screen, state, before, event)


MOST_NAMES = 3


def _also(
    screen: Screen, state: Configuration, before: Configuration | None, event: DesignEvent
) -> str:
    """The other options that the edit changed."""
    if before is None or event.kind == Kind.CLEAR:
        return ""
    changed = differing(before, state) - {event.option}
    options = screen.product.options
    names = [say(options[code].name, screen.locale) for code in options if code in changed]
    if not names:
        return ""
    if len(names) > MOST_NAMES:
        told = ngettext("%(count)s choice", "%(count)s choices", len(names))
        return told % {"count": len(names)}
    return ", ".join(names)
