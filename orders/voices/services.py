"""Asking how it is, being told, and being asked to leave somebody in peace."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.happenings import RATED, WROTE, Happening, tell
from configurator.catalog.queries import released
from orders import jobs, mailing
from orders.fields import clean_line, clean_lines
from orders.models import Job, Order, OrderLine
from orders.voices.models import Invitation, Quiet, Voice

INVITE = "voices.invite"
Hearer = Callable[[Voice], None]
_hearers: list[Hearer] = []


def heard_by(hearer: Hearer) -> None:
    """Say who hears what is said, in its transaction: a room above, when the program starts."""
    if hearer not in _hearers:
        _hearers.append(hearer)


@dataclass(frozen=True)
class Said:
    """What was last said of being asked, and when."""

    yes: bool
    at: datetime


Leave = Callable[[Order], Said | None]
_leaves: list[Leave] = []


def asked_if(leave: Leave) -> None:
    """Say who knows whether the customer of an order may be asked: a room above. None: it knows of
    no answer."""
    if leave not in _leaves:
        _leaves.append(leave)


Rest = Callable[[Order], None]
_rests: list[Rest] = []


def left_alone_by(rest: Rest) -> None:
    """Say who is told, in the same transaction, that whoever ordered wants to be left in peace."""
    if rest not in _rests:
        _rests.append(rest)


LONGEST, LONGEST_NAME = 2000, 40
MOST_STARS = 5


def invite(job_id: str | UUID) -> bool:
    """Perform the job: ask the customer of the order in its payload how it is, once.

    The mail leaves before the record that it did; it goes out twice only if the process dies in
    between, and then with the same Message-ID.
    """
    return jobs.perform_prepared(job_id, _ask, _record)


def _order(job: Job) -> Order | None:
    return Order.objects.filter(pk=job.payload["order"]).first()


def may_be_asked(order: Order) -> bool:
    """It has arrived, they have neither been asked nor said anything, and have said that they may
    be asked: with the order, or elsewhere since. The last word counts."""
    if order.state != Order.State.SHIPPED or not order.email:
        return False
    asked = Invitation.objects.filter(order=order).exists()
    if asked or Voice.objects.filter(line__order=order).exists():
        return False
    words = _words_of(order)
    noes = [each.at for each in words if not each.yes]
    yeses = [each.at for each in words if each.yes]
    return bool(yeses) and (not noes or max(yeses) > max(noes))


def _words_of(order: Order) -> list[Said]:
    """All that was said of asking: with the order, by the way out of such a mail, elsewhere."""
    left = Quiet.objects.filter(pk=_hashed(order.email)).values_list("since", flat=True)
    words = [Said(False, since) for since in left]
    if order.may_ask:
        words.append(Said(True, order.placed_at))
    elsewhere = [leave(order) for leave in _leaves]
    return words + [each for each in elsewhere if each is not None]


def _ask(job: Job) -> bool:
    order = _order(job)
    if order is None or not may_be_asked(order):
        return False
    mail_of(order).send()
    return True


def _record(job: Job, asked: bool) -> None:
    order = _order(job)
    if asked and order is not None:
        Invitation.objects.get_or_create(order=order)


def mail_of(order: Order) -> mailing.Letter:
    """The question, in the customer's language; it is left by one click (RFC 8058)."""
    site = str(settings.SITE_URL).rstrip("/")
    lines = order.lines.select_related("specification").order_by("position")
    leave = site + reverse("voices:quiet", args=[order.token])
    with override(order.language):
        return mailing.letter(
            "voice",
            text="voices/invite.txt",
            to=order.email,
            subject=_("How is it?"),
            key=f"{order.pk}.voice",
            shown=mailing.shown_of(lines, order.currency),
            headers={
                "List-Unsubscribe": f"<{leave}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
            order=order,
            link=site + reverse("voices:say", args=[order.token, lines[0].position]),
            leave=leave,
        )


def say(
    *,
    line: OrderLine,
    stars: int,
    words: str = "",
    author: str = "",
    photo: str = "",
    public: bool = False,
    language: str,
) -> Voice:
    """Keep what a customer says of a line; saying it again replaces it, and it is looked at anew.

    ValidationError by field. Without a photo an earlier one stays.
    """
    wrong: dict[str, ValidationError] = {}
    fields = {
        "words": _checked("words", words, LONGEST, wrong),
        "author": _checked("author", author, LONGEST_NAME, wrong),
    }
    if not 1 <= stars <= MOST_STARS:
        wrong["stars"] = ValidationError(_("Choose one to five stars."))
    if wrong:
        raise ValidationError(dict(wrong))
    with transaction.atomic():
        voice, _new = Voice.objects.update_or_create(
            line=line,
            defaults={
                **fields,
                **({"photo": photo} if photo else {}),
                "specification_id": line.specification_id,
                "revision": line.design_revision,
                "stars": stars,
                "public": public,
                "language": language,
                "state": Voice.State.NEW,
                "note": "",
                "said_at": timezone.now(),
            },
        )
        _tell(line, stars, bool(fields["words"]))
        for hear in _hearers:
            hear(voice)
    return voice


def _tell(line: OrderLine, stars: int, wrote: bool) -> None:
    slug = released(line.design.release_id).slug
    rated = Happening(RATED, slug, line.design_id, line.order_id, number=stars)
    tell(rated)
    if wrote:
        tell(replace(rated, kind=WROTE, number=None))


def _checked(field: str, text: str, most: int, wrong: dict[str, ValidationError]) -> str:
    try:
        if len(text) > most * 8:
            raise ValidationError(_("Write at most %(most)d characters.") % {"most": most})
        clean = clean_lines(text) if field == "words" else clean_line(text)
        if len(clean) > most:
            raise ValidationError(_("Write at most %(most)d characters.") % {"most": most})
    except ValidationError as error:
        wrong[field] = error
        return ""
    return clean


def take_back(*, line: OrderLine) -> None:
    """What was said is gone."""
    Voice.objects.filter(line=line).delete()


@transaction.atomic
def leave_in_peace(*, order: Order) -> None:
    """Whoever ordered this is not asked any more, by any room."""
    if order.email:
        now = timezone.now()
        Quiet.objects.update_or_create(pk=_hashed(order.email), defaults={"since": now})
    for rest in _rests:
        rest(order)


def _hashed(email: str) -> str:
    key = str(settings.SECRET_KEY).encode()
    return hmac.new(key, email.strip().casefold().encode(), hashlib.sha256).hexdigest()
