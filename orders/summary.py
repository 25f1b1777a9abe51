"""A specification as a page shows it, in one language: choices by step, texts, files, prices."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog import measures
from configurator.catalog import queries as catalog
from configurator.catalog.configuration import value_from_json
from configurator.catalog.texts import say
from configurator.wizard.money import babel_locale
from orders.money import say_money

Json = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """An option and what was decided for it; `step` is the wizard's page where it stands."""

    option: str
    name: str
    said: str
    swatch: str = ""
    kind: str = "choice"
    step: str = ""
    suggested: bool = False  # not decided: what the cheapest completion would take


@dataclass
class Group:
    """A step with its rows."""

    name: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A line of the price."""

    label: str
    amount: str


@dataclass(frozen=True)
class Summary:
    """All that a customer reads about what is, or will be, made."""

    product: str
    groups: list[Group]
    lines: list[Line]
    currency: str


@dataclass(frozen=True)
class Totals:
    """The money of an order line without tax, written out."""

    quantity: int
    unit_net: str
    net: str
    rush: str = ""  # what rush adds; "" as usual


@dataclass(frozen=True)
class Difference:
    """Something that is not as the customer saw it."""

    what: str
    before: str
    now: str


def summary_of(content: Json, locale: str) -> Summary:
    """The content of a specification in words."""
    groups: dict[str, Group] = {}
    for entry, row in (*_chosen(content, locale), *_entered(content, locale)):
        group = groups.setdefault(entry["step"], Group(say(entry["step_name"], locale)))
        group.rows.append(row)
    currency = content["product"]["currency"]
    return Summary(
        product=say(content["product"]["name"], locale),
        groups=list(groups.values()),
        lines=[
            Line(say(p["label"], locale), say_money(Decimal(p["amount"]), currency, locale))
            for p in content["prices"]
        ],
        currency=currency,
    )


def totals_of(
    *,
    unit_net: Decimal,
    quantity: int,
    net: Decimal,
    rush: Decimal | None,
    currency: str,
    locale: str,
) -> Totals:
    def told(amount: Decimal) -> str:
        return say_money(amount, currency, locale)

    return Totals(quantity, told(unit_net), told(net), "" if rush is None else told(rush))


def differences(
    before: Json | None, now: Json, days: tuple[date | None, date], locale: str
) -> list[Difference]:
    """What differs between the specification that was seen and the present one."""
    found = []
    if before is not None:
        found += _compared(_said(before, locale), _said(now, locale))
        found += _compared(_prices(before, locale), _prices(now, locale))
    seen_day, day = days
    if seen_day is not None and seen_day != day:
        found.append(Difference(_("Ready"), say_day(seen_day, locale), say_day(day, locale)))
    return found


def _chosen(content: Json, locale: str) -> list[tuple[Json, Row]]:
    """Choices, toggles and numbers with their rows."""
    return [
        (
            choice,
            Row(
                choice["option"],
                say(choice["name"], locale),
                _label(content, choice, locale),
                choice["swatch"],
            ),
        )
        for choice in content["choices"]
    ]


def _label(content: Json, choice: Json, locale: str) -> str:
    """What was decided; a length as the customer measures."""
    if not measures.in_inches(choice.get("unit", "")):
        return say(choice["label"], locale)
    product = catalog.released(UUID(content["release"]["id"]))
    return product.label(choice["option"], value_from_json(choice["value"]), locale)


def _entered(content: Json, locale: str) -> list[tuple[Json, Row]]:
    """Texts and files with their rows."""
    texts = [
        (text, Row(text["option"], say(text["name"], locale), text["text"], kind="text"))
        for text in content["texts"]
    ]
    files = [
        (
            file,
            Row(
                file["option"],
                say(file["name"], locale),
                _("your picture, %(width)s × %(height)s pixels") % file,
                kind="file",
            ),
        )
        for file in content["files"]
    ]
    return texts + files


def _said(content: Json, locale: str) -> dict[str, str]:
    rows = [*_chosen(content, locale), *_entered(content, locale)]
    return {row.name: row.said for _entry, row in rows}


def _prices(content: Json, locale: str) -> dict[str, str]:
    currency = content["product"]["currency"]
    told = {
        say(line["label"], locale): say_money(Decimal(line["amount"]), currency, locale)
        for line in content["prices"]
    }
    told[_("Price without tax")] = say_money(Decimal(content["net"]), currency, locale)
    return told


def _compared(before: dict[str, str], now: dict[str, str]) -> list[Difference]:
    absent = "—"
    return [
        Difference(what, before.get(what, absent), now.get(what, absent))
        for what in dict.fromkeys([*before, *now])
        if before.get(what) != now.get(what)
    ]


def say_day(day: date, locale: str) -> str:
    """A date in full: "Friday, December 18, 2026"."""
    return str(format_date(day, "full", locale=babel_locale(locale)))


def say_time(moment: datetime, locale: str) -> str:
    """The time of the day, by the firm's clock."""
    local = timezone.localtime(moment)
    return str(format_time(local.time(), "short", locale=babel_locale(locale)))
