"""Whose designs these are: this browser's by its session, an account's by rows.

A browser owns what it began or opened: the address of a design is its key. An account owns what its
browsers owned when it signed in, and what is begun or opened while it is signed in.
"""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from configurator.catalog.happenings import BEGAN, Happening, tell
from configurator.catalog.queries import released
from configurator.wizard.models import Design, OwnedDesign

REMEMBERED = 60
"""So many designs of a visitor are remembered in the session."""
User = AbstractBaseUser | AnonymousUser


def remembered(request: HttpRequest) -> list[str]:
    """The ids of the designs that this visitor began or opened, latest first."""
    ids = request.session.get("designs", [])
    return [str(item) for item in ids] if isinstance(ids, list) else []


def remember(request: HttpRequest, design: Design) -> None:
    """Note a design as this visitor's, and as their account's where they are signed in; not where
    it is only visited (`guest`)."""
    if getattr(request, "guest", None) is not None:
        return
    ids = remembered(request)
    if str(design.id) not in ids[:1]:
        rest = [item for item in ids if item != str(design.id)]
        request.session["designs"] = [str(design.id), *rest][:REMEMBERED]
        keep(request.user, [design.id])
    if str(design.id) not in ids:
        slug = released(design.release_id).slug
        tell(Happening(BEGAN, product=slug, design=design.pk))


def forget(request: HttpRequest, design: Design) -> None:
    """It is this visitor's no more; whoever has its address may open it again."""
    ids = remembered(request)
    request.session["designs"] = [item for item in ids if item != str(design.id)]
    if request.user.is_authenticated:
        OwnedDesign.objects.filter(user=request.user, design=design).delete()


def owns(request: HttpRequest, design: Design) -> bool:
    """Whether a design is this browser's, or its account's."""
    return str(design.id) in remembered(request) or owned_by(request.user, design)


def owned_by(user: User, design: Design) -> bool:
    """Whether an account keeps a design."""
    if not user.is_authenticated:
        return False
    return OwnedDesign.objects.filter(user_id=user.pk, design=design).exists()


def keep(user: User, design_ids: Iterable[UUID | str]) -> int:
    """An account keeps these designs from now on, once each; how many there are of them."""
    if not user.is_authenticated:
        return 0
    known = Design.objects.filter(pk__in=_uuids(design_ids)).values_list("pk", flat=True)
    rows = [OwnedDesign(user_id=user.pk, design_id=pk) for pk in known]
    OwnedDesign.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def own_designs(request: HttpRequest) -> QuerySet[Design]:
    """What this browser and its account own and have begun, but for changes of orders."""
    begun = Design.objects.filter(revision__gt=0, place={})
    mine = begun.filter(pk__in=_uuids(remembered(request)))
    if request.user.is_authenticated:
        mine = mine | begun.filter(
            pk__in=OwnedDesign.objects.filter(user=request.user).values("design")
        )
    return mine.order_by("-updated_at")


Ordered = Callable[[], Q]
_ordered: list[Ordered] = []


def ordered_by(ordered: Ordered) -> None:
    """Say which designs are ordered as they are; orders stand above and know."""
    _ordered.append(ordered)


def unordered_designs(request: HttpRequest) -> QuerySet[Design]:
    """The own designs to go on with: without those that are ordered as they are."""
    found = own_designs(request)
    for ordered in _ordered:
        found = found.exclude(ordered())
    return found


KEPT = "latest_designs"
LATEST = 8
"""So many of the latest designs a page may want."""


def latest_designs(request: HttpRequest) -> Sequence[Design]:
    """The latest of those to go on with; asked once while a request is answered."""
    found: Sequence[Design] | None = getattr(request, KEPT, None)
    if found is None:
        found = list(unordered_designs(request)[:LATEST])
        setattr(request, KEPT, found)
    return found


def _uuids(ids: Iterable[UUID | str]) -> list[UUID]:
    found = []
    for item in ids:
        try:
            found.append(item if isinstance(item, UUID) else UUID(item))
        except ValueError:
            continue
    return found
