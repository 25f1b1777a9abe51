"""What the form of a variant needs."""

from django import forms, template
from django.forms import BoundField

register = template.Library()


@register.simple_tag
def field_of(form: forms.BaseForm, name: str) -> BoundField:
    """A field by its name."""
    return form[name]
