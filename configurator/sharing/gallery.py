"""The gallery: putting a design in, deciding about it, liking and reporting it."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration, value_to_json
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.work import ask_for
from configurator.engine import NONE
from configurator.sharing import services
from configurator.sharing.models import Entry, EntryChoice, Like, Report, Share
from configurator.sharing.naming import read_author, read_email, read_line, read_title
from configurator.wizard.errors import BadInput, Refused
from configurator.wizard.models import Design
from configurator.wizard.preview.ahead import ask_to_warm

State = Entry.State
REASON = 300
TELL = "sharing.tell_decision"
"""The job that mails what was decided, where mails are built."""


class Decided(Refused):
    """Somebody else decided meanwhile, or the owner withdrew it."""


def submit(
    *, design: Design, title: str, author: str, email: str = "", language: str = "en"
) -> Entry:
    """Offer the design as it is now for the gallery; a moderator decides, and who left an email is
    told.

    BadInput says which name is missing, or what is wrong with it.
    """
    told = {"email": read_email(email), "language": language}
    named = {"title": read_title(title), "author": read_author(author)}
    for field, text in named.items():
        if not text:
            raise BadInput(field, "", _("The gallery needs a name here."))
    with transaction.atomic():
        share = services.share(design=design, **named)
        waiting = {**named, "state": State.WAITING, "reason": "", "submitted_at": timezone.now()}
        facts = {**_facts(share), **waiting, **told, "decided_at": None, "decided_by": ""}
        entry, _new = Entry.objects.update_or_create(share=share, defaults=facts)
    return entry


def _facts(share: Share) -> dict[str, object]:
    product = released(share.release_id)
    return {
        "product_id": share.release.product_id,
        "price": share.price,
        "currency": product.currency,
    }


def withdraw(*, design: Design) -> int:
    """Take the design's entries out of the gallery, whatever is decided about them; how many."""
    entries = Entry.objects.filter(share__design=design).exclude(state=State.WITHDRAWN)
    return entries.update(state=State.WITHDRAWN, email="")


def approve(*, entry: Entry, by: str) -> None:
    """Show an entry to everybody. Decided if its owner withdrew it meanwhile."""
    with transaction.atomic():
        _decide(entry, State.SHOWN, by, "")
        EntryChoice.objects.filter(entry=entry).delete()
        product = released(entry.share.release_id)
        whole = Configuration.from_json(entry.share.shown)
        EntryChoice.objects.bulk_create(_choices(entry, product, whole))
        ask_to_warm(share=str(entry.share_id))  # what lay ready may have been swept away


def decline(*, entry: Entry, by: str, reason: str) -> None:
    """Don't show an entry, or not any more; BadInput if no reason is told."""
    said = read_line("reason", reason, REASON)
    if not said:
        raise BadInput("reason", "", _("Say why: its owner reads it."))
    with transaction.atomic():
        _decide(entry, State.DECLINED, by, said)


def _decide(entry: Entry, state: State, by: str, reason: str) -> None:
    there = Entry.objects.filter(pk=entry.pk, state=entry.state, share__revoked_at=None)
    new = {"state": state, "reason": reason, "decided_at": timezone.now(), "decided_by": by[:150]}
    if entry.state == State.WITHDRAWN or not there.update(**new):
        raise Decided
    entry.refresh_from_db()
    if entry.email:
        ask_for(TELL, queue="mail", entry=str(entry.pk), state=state.value, reason=reason)


def _choices(entry: Entry, product: ReleasedProduct, whole: Configuration) -> list[EntryChoice]:
    """What entries are found by: the choices and switches that count."""
    return [
        EntryChoice(entry=entry, option=code, value=str(value_to_json(value)))
        for code, option in product.options.items()
        if option.kind in ("choice", "toggle")
        and (value := whole.choices.get(code, NONE)) not in (NONE, False)
        and product.applies(code, whole.choices)
    ]


def like(*, entry: Entry, voter: str) -> bool:
    """Like an entry; whether this voter had not yet."""
    return _counted(entry, "likes", lambda: Like.objects.create(entry=entry, voter=voter))


def unlike(*, entry: Entry, voter: str) -> bool:
    """Take a like back; whether there was one."""
    with transaction.atomic():
        gone, _rows = Like.objects.filter(entry=entry, voter=voter).delete()
        if gone:
            Entry.objects.filter(pk=entry.pk).update(likes=F("likes") - 1)
    return bool(gone)


def adopt(*, guest: str, account: str) -> None:
    """What a guest liked and reported is the account's from now on; both count once together."""
    with transaction.atomic():
        for rows, count in ((Like.objects, "likes"), (Report.objects, "reports")):
            theirs = list(rows.filter(voter=account).values_list("entry", flat=True))
            twice = rows.filter(voter=guest, entry__in=theirs)
            for entry in list(twice.values_list("entry", flat=True)):
                Entry.objects.filter(pk=entry).update(**{count: F(count) - 1})
            twice.delete()
            rows.filter(voter=guest).update(voter=account)


def report(*, entry: Entry, voter: str, reason: str) -> bool:
    """Tell the moderators; whether this voter had not yet. BadInput for a reason that can't be."""
    said = read_line("reason", reason, REASON)
    return _counted(
        entry, "reports", lambda: Report.objects.create(entry=entry, voter=voter, reason=said)
    )


def _counted(entry: Entry, count: str, add: Callable[[], object]) -> bool:
    """Add a row that a voter may add once, and count it; parallel clicks add one."""
    try:
        with transaction.atomic():
            add()
            Entry.objects.filter(pk=entry.pk).update(**{count: F(count) + 1})
    except IntegrityError:
        return False
    return True
