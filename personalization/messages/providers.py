"""Who carries a message to somebody. The interface, and what is used unless told otherwise.

A provider is told of a message by its key: told twice, it carries it once. A copy of all that is
carried is kept for looking at; a firm that has no contract with anybody has the copies alone.
"""

import base64
from dataclasses import replace
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from orders.mailing import Letter, message_id, plain_letter
from personalization.messages import foot
from personalization.messages.composing import Words
from personalization.messages.models import Copy, Message
from personalization.messages.own_site import own_path, whole_url
from personalization.people import leaving
from personalization.people.purposes import is_asked


class ProviderError(Exception):
    """It can't be reached, or refuses: nothing was carried; the message is tried again later."""


class NotThere(Exception):
    """The address reaches nobody any more, and never will: the message is not sent."""


class Provider(Protocol):
    """One way to somebody."""

    name: str

    def carry(self, message: Message, address: str, words: Words) -> Copy:
        """Carry it, once a key; what was carried, not saved yet. ProviderError."""
        ...


class Kept:
    """Carries nothing: the copy is all there is. For pages, where it is shown, and for trying."""

    name = "kept"

    def carry(self, message: Message, address: str, words: Words) -> Copy:
        """Only the copy."""
        html = _html_of(words.letter) if words.letter else ""
        return Copy(
            message=message,
            provider=self.name,
            address=address,
            subject=(words.letter.subject if words.letter else words.subject)[:250],
            text=str(words.letter.body) if words.letter else words.text,
            html=html,
            url=own_path(words.url),
        )


class Mail(Kept):
    """By mail, through whatever EMAIL_URL or EMAIL_BACKEND names (django-anymail's among them)."""

    name = "mail"

    def carry(self, message: Message, address: str, words: Words) -> Copy:
        """One mail, with the way out in its head and foot; told twice, it is the same mail."""
        letter = words.letter or _plain(message, address, words)
        letter.to = [address]
        head = {"Message-ID": message_id(message.key.replace(":", "."))}
        if is_asked(message.purpose, message.channel):
            head |= leaving.headers(message.person, message.purpose, message.channel)
            foot.put(letter, message)
        letter.extra_headers = {**letter.extra_headers, **head}
        try:
            letter.send()
        except OSError as error:
            raise ProviderError(str(error)) from error
        return super().carry(message, address, replace(words, letter=letter))


def _plain(message: Message, address: str, words: Words) -> Letter:
    """A mail of words only, and where they lead."""
    path = own_path(words.url)
    body = f"{words.text}\n\n{whole_url(path)}" if path else words.text
    return plain_letter(to=address, subject=words.subject, body=body, key=message.key)


def provider_of(channel: str) -> Provider:
    """Who carries what goes this way (settings.MESSAGE_PROVIDERS)."""
    path = settings.MESSAGE_PROVIDERS.get(str(channel))
    made: Provider = import_string(path)() if path else Kept()
    return made


def _html_of(letter: Letter) -> str:
    """The laid-out part, its pictures within it."""
    html = str(letter.alternatives[0][0]) if letter.alternatives else ""
    for picture in letter.pictures:
        data = base64.b64encode(picture.data).decode()
        html = html.replace(f"cid:{picture.name}", f"data:image/jpeg;base64,{data}")
    return html
