"""What saved answers may name, and what it stands for in a talk."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from orders.summary import say_day
from personalization.dialogue.models import LONGEST, Thread
from personalization.dialogue.naming import option_name, product_name, value_name

NAMES = ("name", "product", "option", "value", "order", "ready", "firm", "link")


def check(text: str) -> None:
    """Refuse what names something else, and braces that name nothing."""
    known = " ".join(f"{{{name}}}" for name in NAMES)
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise ValidationError(
            _("A brace is not closed. Write {{ and }} for braces that stay, or one of %(known)s.")
            % {"known": known}
        ) from None
    for _text, name, spec, conversion in parts:
        if name is None:
            continue
        if name not in NAMES or spec or conversion:
            raise ValidationError(
                _("There is no field {%(name)s}. There are %(known)s.")
                % {"name": name[:40], "known": known}
            )


def check_all(texts: Mapping[str, str]) -> None:
    """Each of the texts by language; ValidationError by field `text_en` …"""
    wrong: dict[str, list[str]] = {}
    for language, text in texts.items():
        try:
            if len(text) > LONGEST:
                raise ValidationError(_("Write at most %(most)d characters.") % {"most": LONGEST})
            check(text)
        except ValidationError as error:
            wrong[f"text_{language}"] = error.messages
    if wrong:
        raise ValidationError(wrong)


def filled(text: str, thread: Thread, language: str, link: str) -> str:
    """The text with what the talk is about. Every name says something, at least a kind word."""
    with override(language):
        return text.format_map(_values(thread, language, link))


def _values(thread: Thread, language: str, link: str) -> dict[str, str]:
    order = thread.line.order if thread.line else None
    first = (thread.author or (order.name if order else "")).split(" ")[0]
    ready = order.promised_on if order else None
    return {
        "name": first or _("dear customer"),
        "product": product_name(thread, language),
        "option": option_name(thread, language) or _("your choice"),
        "value": value_name(thread, language) or _("your choice"),
        "order": order.number if order else _("your order"),
        "ready": say_day(ready, language) if ready else _("the day that your design’s page says"),
        "firm": settings.FIRM_NAME,
        "link": link,
    }
