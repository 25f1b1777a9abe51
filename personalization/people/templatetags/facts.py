"""Facts in words."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils import formats, timezone

from personalization.people.exchanges import Exchange, Question
from personalization.people.models import Fact
from personalization.people.naming import name_of

register = template.Library()
register.filter("fact_name", name_of)


@register.inclusion_tag("people/_question.html")
def asked(
    exchange: Exchange, question: Question, wrong: Mapping[str, str], answers: Mapping[str, str]
) -> dict[str, object]:
    """A question with what was answered and what is wrong with it."""
    key = f"{exchange.code}:{question.code}"
    said = answers.get(question.code, "")
    return {
        "question": question,
        "id": key.replace(":", "-"),
        "error": wrong.get(key),
        "said": said,
    }


@register.filter
def fact_value(fact: Fact | None) -> str:
    """The value as somebody reads it; nothing where it is not known."""
    if fact is None:
        return ""
    value = fact.value
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATE_FORMAT")
    if isinstance(value, float):
        places = 0 if value == int(value) else 2
        return formats.number_format(value, places)
    return value
