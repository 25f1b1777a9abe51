"""Text messages: what they cost to send, and how to leave them in few letters.

A text is sent in the GSM alphabet (3GPP TS 23.038) of 160 letters, or, if one letter is not in it,
in UCS-2 of 70; longer ones in segments of 153 or 67.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from personalization.messages import codes
from personalization.messages.composing import Words
from personalization.messages.models import Copy, Message
from personalization.messages.own_site import own_path, whole_url
from personalization.messages.providers import Kept

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = frozenset("^{}\\[~]|€\f")
"""Letters of the GSM alphabet that take the room of two."""
PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‹›", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("–—−‐‑", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007", " "),
        **{"…": "...", "×": "x", "•": "-", "·": "-", "→": "->", "\u200b": "", "\u00ad": ""},
    }
)
"""Typographic letters, as the GSM alphabet has them."""


@dataclass(frozen=True)
class Measured:
    """How a text is sent: its alphabet, the letters' room in it, and in how many segments."""

    encoding: str
    length: int
    segments: int


def measure(text: str) -> Measured:
    """What sending this takes; a letter of two places is never cut in two."""
    if all(letter in GSM or letter in ESCAPED for letter in text):
        widths = [2 if letter in ESCAPED else 1 for letter in text]
        return Measured("GSM-7", sum(widths), _segments(widths, 160, 153))
    widths = [len(letter.encode("utf-16-be")) // 2 for letter in text]
    return Measured("UCS-2", sum(widths), _segments(widths, 70, 67))


def _segments(widths: Iterable[int], alone: int, each: int) -> int:
    kept = list(widths)
    if sum(kept) <= alone:
        return 1
    count, filled = 1, 0
    for width in kept:
        if filled + width > each:
            count, filled = count + 1, 0
        filled += width
    return count


def written(text: str, *more: str, at_most: int) -> str:
    """The text with more below it, in so many segments: the text is cut at a word if it must be,
    what stands below never is."""
    below = "".join(f"\n{each}" for each in more if each)
    words = " ".join(text.translate(PLAIN).split())
    whole = words + below
    while measure(whole).segments > at_most and words:
        words = words.rstrip(".").rpartition(" ")[0]
        whole = f"{words}...{below}"
    return whole.strip()


class Sms(Kept):
    """Carries nothing yet: the copy is all there is. A contract with a gateway is a subclass that
    hands `text` to it in `deliver`, with the key, by which it carries it once."""

    name = "sms"

    def carry(self, message: Message, address: str, words: Words) -> Copy:
        """The words, where they lead, and the way out."""
        path = own_path(words.url)
        text = written(
            words.text,
            whole_url(path) if path and whole_url(path) not in words.text else "",
            _("Stop: %(link)s") % {"link": way_out(message)},
            at_most=settings.SMS_SEGMENTS,
        )
        self.deliver(address, text, codes.sign("sms", message.pk))
        copy = super().carry(message, address, replace(words, text=text, subject=""))
        copy.details = vars(measure(text))
        return copy

    def deliver(self, address: str, text: str, key: str) -> None:
        """Hand it to a gateway; ProviderError if that can't be reached, or refuses, NotThere if it
        knows that nothing gets to the number."""

    def say(self, address: str, text: str, key: str) -> None:
        """What is no message and leaves no copy, as a code: without a gateway it stands on the
        console, as mails do without a mail server."""
        self.deliver(address, text, key)
        if type(self).deliver is Sms.deliver:
            sys.stdout.write(f"SMS to {address}: {text}\n")
            sys.stdout.flush()


def way_out(message: Message) -> str:
    """The short address that leads to the page to leave at."""
    return whole_url(reverse("message_links:out", args=[codes.sign("out", message.pk)]))
