"""Quantities, sizes and minutes on the factory's pages, as they are printed on paper."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django import template

from orders.factory.build_sheet import Operation, Part
from orders.factory.people import Person
from orders.factory.people import is_lead as leads
from orders.factory.telling import language
from orders.factory.wording import cut_text, minutes_text, quantity_text
from orders.papers import words

register = template.Library()


@register.filter
def amount(part: Part) -> str:
    """2 pcs"""
    return quantity_text(part.quantity, part.unit, language())


@register.filter
def cut_sizes(part: Part) -> str:
    """346 × 256 × 2.4"""
    return cut_text(part.cut or (), language())


@register.filter
def minutes(operation: Operation) -> str:
    """setup 10 + run 42"""
    return minutes_text(operation.setup_minutes, operation.run_minutes, language())


@register.filter
def is_lead(user: Person) -> bool:
    """Whether this person leads the factory."""
    return leads(user)


@register.filter
def clock(seconds: int) -> str:
    """1:05:09"""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


@register.filter
def plain_number(value: Decimal) -> str:
    """12.5"""
    return words.number(value, language())


@register.filter
def moment(at: datetime) -> str:
    """4 Dec 2026, 14:05"""
    return words.moment(at, language())


@register.filter
def of(code: str, entered: Mapping[str, str] | str) -> str:
    """What was entered for a code; nothing where nothing was."""
    return entered.get(code, "") if isinstance(entered, Mapping) else ""
