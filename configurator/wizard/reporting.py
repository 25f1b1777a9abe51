"""What a change of a design was, told to whoever listens."""

from configurator.catalog import happenings
from configurator.catalog.configuration import value_from_json
from configurator.catalog.queries import released
from configurator.wizard.entering import write_value
from configurator.wizard.models import Design, DesignEvent

Kind = DesignEvent.Kind
CHOSEN = frozenset({Kind.CHOOSE, Kind.REPAIR})
UNTOLD = frozenset({Kind.START, Kind.SHOWCASE, Kind.LIMIT, Kind.MOVE, Kind.LOCK})


def report(design: Design, event: DesignEvent, *, advised: bool = False) -> None:
    """Say what was chosen, and (`advised`) that it was taken as others chose it; texts and pictures
    are the customer's own."""
    if event.kind in UNTOLD:
        return
    chosen = value_from_json(event.value) if event.kind in CHOSEN else None
    for kind in (happenings.CHOSE, happenings.TOOK) if advised else (happenings.CHOSE,):
        happenings.tell(
            happenings.Happening(
                kind,
                product=released(design.release_id).slug,
                design=design.pk,
                option=event.option,
                value="" if chosen is None else write_value(chosen),
            )
        )
