"""Fields of the forms of accounts."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def labeled(field: BoundField) -> BoundField:
    """A field that has a label: without a placeholder that only repeats it."""
    field.field.widget.attrs.pop("placeholder", None)
    return field
