"""Designing with friends: inviting them, ending that, who is here, and what others did."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog.configuration import value_from_json
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.sharing.models import Invitation, Presence
from configurator.sharing.naming import read_author
from configurator.sharing.services import tell_shared
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.steps import pages_of

HERE = timedelta(seconds=12)
"""Who was not heard of for so long is not here any more."""
NOTED = timedelta(seconds=4)
"""So seldom it is written down that somebody still is where they were."""
KEPT = timedelta(days=1)
MOST_TOLD = 3
"""So many changes of others are told one by one."""
Kind = DesignEvent.Kind


def invite(*, design: Design, may_edit: bool, host: str) -> Invitation:
    """The way into the design for friends: the living one of this kind, else a new one.

    BadInput says what is wrong with the host's name.
    """
    host = read_author(host)
    living = design.invitations.filter(may_edit=may_edit, ended_at=None)
    if (found := living.first()) is not None:
        return found
    try:
        with transaction.atomic():
            made = Invitation.objects.create(design=design, may_edit=may_edit, host=host)
            tell_shared(design)
            return made
    except IntegrityError:  # another tab was faster
        return living.get()


def disinvite(*, design: Design, key: UUID) -> bool:
    """End an invitation, at once; whether there was one of this design."""
    living = design.invitations.filter(key=key, ended_at=None)
    return bool(living.update(ended_at=timezone.now()))


def invitations_of(design: Design) -> list[Invitation]:
    """The living invitations, to edit first."""
    return list(design.invitations.filter(ended_at=None).order_by("-may_edit"))


@dataclass(frozen=True)
class Visitor:
    """Somebody at a page of a design."""

    tab: str
    called: str
    friend: bool
    step: str

    @property
    def name(self) -> str:
        """What others call them."""
        return self.called or (_("A friend") if self.friend else _("The owner"))


def arrive(design: Design, me: Visitor) -> list[Visitor]:
    """Note that somebody is here; who else is, by name."""
    now = timezone.now()
    rows = list(design.presences.filter(seen_at__gte=now - KEPT))
    mine = next((row for row in rows if row.tab == me.tab), None)
    facts = {"called": me.called, "friend": me.friend, "step": me.step[:80]}
    if mine is None:
        design.presences.filter(seen_at__lt=now - KEPT).delete()
        design.presences.update_or_create(tab=me.tab, defaults={**facts, "seen_at": now})
    elif now - mine.seen_at > NOTED or any(getattr(mine, key) != v for key, v in facts.items()):
        design.presences.filter(tab=me.tab).update(**facts, seen_at=now)
    here = [row for row in rows if row.tab != me.tab and now - row.seen_at <= HERE]
    return sorted((_visitor(row) for row in here), key=lambda each: (each.name, each.tab))


def _visitor(row: Presence) -> Visitor:
    return Visitor(row.tab, row.called, row.friend, row.step)


def whereabouts(product: ReleasedProduct, here: list[Visitor], locale: str) -> list[str]:
    """ "Ana is here, at Wheels", for each."""
    names = {page.code: page.title(locale) for page in pages_of(product)}
    return list(dict.fromkeys(_where(each.name, names.get(each.step, "")) for each in here))


def _where(name: str, step: str) -> str:
    if not step:
        return _("%(name)s is here") % {"name": name}
    return _("%(name)s is here, at %(step)s") % {"name": name, "step": step}


def mark_of(said: list[str]) -> str:
    """Names what a page knows of who is here."""
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def done_by_others(
    design: Design, product: ReleasedProduct, since: int, tab: str, locale: str
) -> list[str]:
    """What others did after a revision, the latest last; empty if nobody else did anything."""
    events = design.events.filter(revision__gt=since).exclude(tab=tab).order_by("-revision")
    latest = list(events[: MOST_TOLD + 1])
    if len(latest) > MOST_TOLD:
        return [_("Others have changed several things.")]
    called = {row.tab: _visitor(row).name for row in design.presences.all()}
    told = (_told(event, called.get(event.tab), product, locale) for event in reversed(latest))
    return list(dict.fromkeys(told))


def _told(event: DesignEvent, who: str | None, product: ReleasedProduct, locale: str) -> str:
    option = product.options.get(event.option)
    facts = {
        "who": who or _("Somebody"),
        "option": say(option.name, locale) if option else "",
        "value": _value(event, product, locale),
    }
    for kinds, said in _sayings():
        if event.kind in kinds:
            return said % facts
    return _("%(who)s changed the design") % facts


def _sayings() -> Iterator[tuple[tuple[str, ...], str]]:
    yield (Kind.CHOOSE, Kind.REPAIR), _("%(who)s chose %(value)s (%(option)s)")
    yield (Kind.TEXT,), _("%(who)s wrote “%(value)s” (%(option)s)")
    yield (Kind.FILE,), _("%(who)s put in a picture (%(option)s)")
    yield (Kind.PLACE,), _("%(who)s moved the picture (%(option)s)")
    yield (Kind.CLEAR,), _("%(who)s left it open: %(option)s")
    yield (Kind.FINISH,), _("%(who)s decided all the rest")
    yield (Kind.UNDO,), _("%(who)s undid a change")
    yield (Kind.BACK,), _("%(who)s took an earlier choice of theirs back")
    yield (Kind.REDO,), _("%(who)s brought a change back")
    yield (Kind.LIMIT,), _("%(who)s set budget or day")


def _value(event: DesignEvent, product: ReleasedProduct, locale: str) -> str:
    option = product.options.get(event.option)
    if event.value is None or option is None or option.kind == "file":
        return ""
    if option.kind == "text":
        return str(event.value)
    return product.label(event.option, value_from_json(event.value), locale)
