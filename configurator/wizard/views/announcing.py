"""What a screen reader hears after a change."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.catalog.configuration import Configuration
from configurator.catalog.texts import say
from configurator.wizard.merging import differing
from configurator.wizard.screen import Screen

MOST_NAMED = 6


def announced(screen: Screen, option: str, before: Configuration) -> str:
    """ "Saddle: Brooks. Total €1,240"; without an option, what became of those that changed."""
    parts = [_told(screen, option)] if option else _changes(screen, before)
    if screen.priced:
        parts.append(_("Total %(price)s") % {"price": screen.price})
    return ". ".join(part for part in parts if part)


def _changes(screen: Screen, before: Configuration) -> list[str]:
    changed = differing(before, Configuration.from_json(screen.design.state))
    told = [_told(screen, code) for code in screen.product.options if code in changed]
    told = [each for each in told if each]
    more = len(told) - MOST_NAMED
    if more > 0:
        words = ngettext("and %(count)s more change", "and %(count)s more changes", more)
        told[MOST_NAMED:] = [words % {"count": more}]
    return told


def _told(screen: Screen, option: str) -> str:
    info = screen.product.options.get(option)
    said = screen.builder.said(info) if info else ""
    return f"{say(info.name, screen.locale)}: {said}" if info and said else ""
