"""Links that tell that they were followed: only of those who allow it, only to our own pages.

The address holds a number and its signature; where it leads stands in a row, so nobody can have it
lead elsewhere. A message counts as followed once, whatever is clicked how often. No pictures spy.
"""

import re
from dataclasses import replace
from datetime import timedelta
from html import escape, unescape

from django.core.mail import EmailAlternative
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from orders.mailing import Letter
from personalization.messages import codes
from personalization.messages.composing import Words
from personalization.messages.models import Link, Message
from personalization.messages.own_site import own_path, whole_url
from personalization.people import consent, events, wholes
from personalization.people.models import Event, Person
from personalization.people.purposes import Channel, Purpose

KIND = "link"
HOLDS = timedelta(days=180)
NEVER = ("/you/", "/account/", "/l/", "/n/")
"""Ways out, and to what is one's own: nobody counts these."""
ADDRESS = r"[^\s<>\"'()\[\]{}]*[^\s<>\"'()\[\]{}.,;:!?]"


def may_count(message: Message) -> bool:
    """Whether it may be noted now that this person follows a link of this message; holds them."""
    if message.purpose == Purpose.ORDERS or message.channel == Channel.PRINT:
        return False
    if message.channel == Channel.SITE:
        return consent.allows(message.person, Purpose.PERSONALIZATION, Channel.SITE)
    return consent.allows(message.person, Purpose.CLICKS, message.channel)


def put(message: Message, words: Words) -> Words:
    """The words with such links in place of those to our pages."""
    letter = words.letter
    if letter is not None:
        _put_in_letter(message, letter)
    path = own_path(words.url)
    url = _instead(message, path) if path else words.url
    return replace(words, text=_put_in_text(message, words.text), url=url)


def _put_in_letter(message: Message, letter: Letter) -> None:
    letter.body = _put_in_text(message, str(letter.body))
    letter.alternatives = [
        EmailAlternative(_put_in_html(message, str(each[0])), each[1])
        for each in letter.alternatives
    ]


def _put_in_text(message: Message, text: str) -> str:
    ours = re.escape(whole_url("")) + ADDRESS
    return re.sub(ours, lambda found: _swapped(message, found[0]), text)


def _put_in_html(message: Message, html: str) -> str:
    def swap(found: re.Match[str]) -> str:
        return f'{found[1]}"{escape(_swapped(message, unescape(found[2])))}"'

    return re.sub(r'(<a\b[^>]*?\bhref=)"([^"]*)"', swap, html)


def _swapped(message: Message, url: str) -> str:
    path = own_path(url)
    counted = _instead(message, path) if path else ""
    return whole_url(counted) if counted else url


def _instead(message: Message, path: str) -> str:
    """The path that is followed in place of this one."""
    if path.startswith(NEVER):
        return path
    row, _new = Link.objects.get_or_create(message=message, target=path)
    return reverse("message_links:follow", args=[codes.sign(KIND, row.pk)])


def read(word: str) -> Link | None:
    """The link of a word; None if it is not ours, was for something else, or is too old."""
    pk = codes.read(KIND, word)
    if pk is None:
        return None
    rows = Link.objects.select_related("message__person")
    row = rows.filter(pk=pk, made_at__gt=timezone.now() - HOLDS).first()
    return row if row is not None and own_path(row.target) == row.target else None


@transaction.atomic
def followed(link: Link) -> bool:
    """Note that it was followed, if that is allowed still; True if it is the message's first."""
    message = link.message
    if not may_count(message):
        return False
    first = not Link.objects.filter(message=message).exclude(clicked_at=None).exists()
    now = timezone.now()
    if not Link.objects.filter(pk=link.pk, clicked_at=None).update(clicked_at=now) or not first:
        return False
    events.append(
        person=message.person_id,
        kind=Event.Kind.CLICKED,
        source="messages",
        option=message.source[:60],
        value=message.channel,
        at=now,
    )
    return True


def forget(person: Person, purpose: str, channel: str) -> None:
    """Who allows it no more: what they followed that way is known no more."""
    if purpose == Purpose.PERSONALIZATION:
        channel = Channel.SITE
    elif purpose != Purpose.CLICKS:
        return
    mine = wholes.of(person.whole_id)
    followed = Message.objects.filter(mine, channel=channel)
    Link.objects.filter(message__in=followed).update(clicked_at=None)
    Event.objects.filter(mine, kind=Event.Kind.CLICKED, value=channel).delete()
