"""What customers wanted and rules excluded: counted by day, with nothing about who.

It is counted once the answer is sent, so that no click waits for it, and a count that fails costs
nothing but itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.http import HttpResponse
from django.utils import timezone

from configurator.catalog.configuration import Configuration, value_from_json
from configurator.catalog.happenings import BLOCKED, Happening, tell
from configurator.catalog.queries import released
from configurator.engine import EngineError, Value
from configurator.wizard.entering import write_value
from configurator.wizard.models import Design, DesignEvent, Wanted

log = logging.getLogger(__name__)

LONGEST = 500
"""Characters that the codes of the rules have together; more are cut off."""


def after(response: HttpResponse, work: Callable[[], None]) -> None:
    """Do the work once the response is sent."""
    close = response.close

    def closing() -> None:
        try:
            work()
        except DatabaseError as error:
            log.warning("What a customer wanted was not counted: %s", error)
        finally:
            close()

    response.close = closing  # type: ignore[method-assign]


def told(
    response: HttpResponse, design: Design, option: str, value: Value, rules: tuple[str, ...]
) -> None:
    """Count that a customer was told why a value is not possible."""
    release_id = design.release_id
    after(response, lambda: count(release_id, option, value, rules, "asked"))
    tell(
        Happening(
            BLOCKED,
            product=released(release_id).slug,
            design=design.pk,
            option=option,
            value=write_value(value),
        )
    )


def made_room(response: HttpResponse, design_id: UUID) -> None:
    """Count that a customer changed other choices to have a value: the design's last edit."""

    def work() -> None:
        last = DesignEvent.objects.filter(design_id=design_id).order_by("-revision").first()
        if last is None or last.kind != DesignEvent.Kind.REPAIR or last.base is None:
            return
        before = DesignEvent.objects.get(design_id=design_id, revision=last.base)
        choices = Configuration.from_json(before.state).choices
        value = value_from_json(last.value)
        release_id = last.design.release_id
        try:
            reason = released(release_id).space.explain(choices, last.option, value)
        except EngineError:
            return
        count(release_id, last.option, value, reason.rules, "made_room")

    after(response, work)


def count(release_id: UUID, option: str, value: Value, rules: tuple[str, ...], what: str) -> None:
    """One more in a row of today."""
    key = {
        "release_id": release_id,
        "day": timezone.localdate(),
        "option": option[:60],
        "value": write_value(value)[:60],
        "rules": "\n".join(sorted(rules))[:LONGEST],
    }
    rows = Wanted.objects.filter(**key)
    more = {what: F(what) + 1}
    if rows.update(**more):
        return
    try:
        with transaction.atomic():
            Wanted.objects.create(**key, **{what: 1})
    except IntegrityError:  # somebody was faster
        rows.update(**more)
