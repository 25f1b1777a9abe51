"""The one place where mails to customers are built: words as plain text, and the same laid out
with pictures of what they designed.

Pictures come with the mail: nothing is fetched from anywhere when it is read. Call everything here
in the language of the mail (`translation.override`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import describe
from orders import pages
from orders.models import OrderLine
from orders.pages import OrderedLine
from orders.papers.pictures import product_picture

CODE = re.compile(r"[0-9A-Z]{4,8}(-[0-9A-Z]{3,8})?\Z")
"""A line of nothing but this is a code to be typed in, and is written large."""


@dataclass(frozen=True)
class Picture:
    """A picture within a mail: JPEG, in words for who does not see it, and its name there."""

    data: bytes
    words: str
    name: str


@dataclass(frozen=True)
class Shown:
    """A design in a mail: its line in words, and its picture, as far as there are."""

    line: OrderedLine | None
    picture: Picture | None


class Letter(EmailMultiAlternatives):
    """A mail whose laid-out part holds its pictures, as RFC 2387 has it; attachments lie beside."""

    pictures: Sequence[Picture] = ()

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """The mail as it is sent."""
        whole = super().message(*args, **kwargs)
        if self.pictures:
            for part in list(whole.walk()):
                if part.get_content_type() == "multipart/alternative":
                    _put_in(part, self.pictures)
        return whole


def _put_in(alternatives: Message, pictures: Sequence[Picture]) -> None:
    """The laid-out part becomes one with its pictures."""
    parts: Any = alternatives.get_payload()
    related = MIMEMultipart("related", type="text/html")
    del related["MIME-Version"]
    related.attach(parts[-1])
    for picture in pictures:
        image = MIMEImage(picture.data, "jpeg")
        del image["MIME-Version"]
        image["Content-ID"] = f"<{picture.name}>"
        image.add_header("Content-Disposition", "inline", filename=f"{picture.name}.jpg")
        related.attach(image)
    parts[-1] = related


def letter(
    template: str,
    /,
    *,
    text: str,
    to: str,
    subject: str,
    key: str,
    shown: Sequence[Shown] = (),
    pictures: Sequence[Picture] = (),
    headers: Mapping[str, str] | None = None,
    **told: Any,
) -> Letter:
    """A mail of `templates/mail/TEMPLATE.html` and the text template `text`, both told the same.
    `pictures` are others than those of the designs that are shown.

    `key` tells it from every other mail: sent twice, it is the same mail.
    """
    context = {
        "firm": settings.FIRM_NAME,
        "subject": subject,
        "shown": shown,
        "direction": "rtl" if get_language_bidi() else "ltr",
        **told,
    }
    mail = Letter(
        subject=subject,
        body=render_to_string(text, context),
        to=[to],
        headers={"Message-ID": message_id(key), **(headers or {})},
    )
    mail.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    mail.pictures = [*(each.picture for each in shown if each.picture is not None), *pictures]
    return mail


def plain_letter(*, to: str, subject: str, body: str, key: str) -> Letter:
    """A mail that is words only: its paragraphs laid out, links as links, a code written large."""
    context = {
        "firm": settings.FIRM_NAME,
        "subject": subject,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "paragraphs": paragraphs_of(body),
    }
    mail = Letter(subject=subject, body=body, to=[to], headers={"Message-ID": message_id(key)})
    mail.attach_alternative(render_to_string("mail/plain.html", context), "text/html")
    return mail


@dataclass(frozen=True)
class Said:
    """A line of a mail, and what it is: "words", a "link" or a "code"."""

    kind: str
    words: str


def paragraphs_of(body: str) -> list[list[Said]]:
    """The paragraphs of a plain mail, line by line."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", body) if block.strip()]
    return [[_said(line.strip()) for line in block.splitlines()] for block in blocks]


def _said(line: str) -> Said:
    if re.fullmatch(r"https?://\S+", line):
        return Said("link", line)
    return Said("code" if CODE.match(line) else "words", line)


def shown_of(lines: Iterable[OrderLine], currency: str) -> list[Shown]:
    """Order lines with their pictures, the very ones that are printed."""
    kept = list(lines)
    return [
        Shown(told, _picture_of(line))
        for line, told in zip(kept, pages.lines_of(kept, currency), strict=True)
    ]


def _picture_of(line: OrderLine) -> Picture | None:
    content = line.specification.content
    configuration = Configuration.from_json(content["configuration"])
    product = catalog.released(line.specification.release_id)
    return picture_of(product, configuration, str(line.position))


def picture_of(product: ReleasedProduct, configuration: Configuration, name: str) -> Picture | None:
    """A design's picture for a mail; None where nothing is drawn of its product."""
    data = product_picture(product, configuration)
    if data is None:
        return None
    return Picture(
        data, describe(product, configuration, pages.locale()), f"design-{name}@{host()}"
    )


def host() -> str:
    """The name of the site, as in the names of mails."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def message_id(key: str) -> str:
    return f"<{key}@{host()}>"
