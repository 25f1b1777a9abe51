"""What happened to a design since a page was loaded, by other tabs than the page's own."""

from configurator.catalog.configuration import Configuration
from configurator.engine import Value
from configurator.wizard.models import Design, DesignEvent

NO_EDITS = (DesignEvent.Kind.UNDO, DesignEvent.Kind.REDO, DesignEvent.Kind.LIMIT)
"""Events that undo passes over: they bring back a state, or leave it as it is."""
LOOKED_BACK = 200
"""So many events are attributed to their tabs; before that, all count as another tab's."""


def decisions(configuration: Configuration) -> dict[str, Value]:
    """Every decision by option: values, texts and files alike."""
    return {**configuration.choices, **configuration.texts, **configuration.files}


def differing(before: Configuration, after: Configuration) -> set[str]:
    """The options that the two states decide differently."""
    old, new = decisions(before), decisions(after)
    return {code for code in old.keys() | new.keys() if old.get(code) != new.get(code)}


def changed_elsewhere(design: Design, base: int, tab: str) -> set[str]:
    """The options that others changed after revision `base`, and left different from it."""
    if base >= design.revision:
        return set()
    events = design.events.filter(revision__gte=base).order_by("revision")
    rows = list(events.values_list("revision", "tab", "state")[: LOOKED_BACK + 1])
    if not rows or rows[0][0] != base:
        return set()
    first = Configuration.from_json(rows[0][2])
    changed: set[str] = set()
    before = first
    for _revision, by, state in rows[1:]:
        after = Configuration.from_json(state)
        touched = differing(before, after)
        changed = changed - touched if tab and by == tab else changed | touched
        before = after
    now = Configuration.from_json(design.state)
    if rows[-1][0] < design.revision:
        changed |= differing(before, now)
    return changed & differing(first, now)


def latest_edit(design: Design) -> DesignEvent:
    """The last event that changed the state anew: the far end of what can be redone."""
    return design.events.exclude(kind__in=NO_EDITS).latest("revision")
