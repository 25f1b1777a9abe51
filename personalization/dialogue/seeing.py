"""The design that a talk is about, as it was when it was asked: for whoever answers."""

from __future__ import annotations

from configurator.catalog.configuration import Configuration
from configurator.catalog.texts import say
from configurator.wizard.answers import completed
from configurator.wizard.models import DesignEvent
from configurator.wizard.preview import render_picture
from configurator.wizard.screen import is_pictured
from personalization.dialogue import naming
from personalization.dialogue.models import Thread

WIDTH = 640


def configuration_of(thread: Thread) -> Configuration | None:
    """What was chosen; None where it is about no design, or it is forgotten."""
    if thread.line is not None:
        return Configuration.from_json(thread.line.specification.content["configuration"])
    if thread.design is None:
        return None
    events = DesignEvent.objects.filter(design=thread.design_id)
    event = events.filter(revision=thread.revision or 0).last()
    return Configuration.from_json(event.state if event else thread.design.state)


def choices_of(thread: Thread, locale: str) -> list[tuple[str, str]]:
    """Option and value, in words and in the order of the catalog; what is open is left out."""
    release, chosen = naming.release_of(thread), configuration_of(thread)
    if release is None or chosen is None:
        return []
    return [
        (say(option.name, locale), release.label(code, chosen.choices[code], locale))
        for code, option in release.options.items()
        if code in chosen.choices and release.applies(code, chosen.choices)
    ]


def pictured(thread: Thread) -> bool:
    """Whether there is something to be seen."""
    release = naming.release_of(thread)
    return thread.design_id is not None and release is not None and is_pictured(release)


def picture_of(thread: Thread) -> bytes | None:
    """A WebP of it; None where there is nothing to be seen."""
    release, chosen = naming.release_of(thread), configuration_of(thread)
    if release is None or chosen is None or not is_pictured(release):
        return None
    return render_picture(release, completed(release, chosen), width=WIDTH)
