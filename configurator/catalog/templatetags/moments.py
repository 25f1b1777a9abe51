"""How long ago something was."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def just_now(moment: datetime) -> bool:
    """Whether it is less than a minute ago: `timesince` would say “0 minutes”."""
    return timezone.now() - moment < timedelta(minutes=1)
