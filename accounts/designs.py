"""What customers do with their designs besides designing: names, and letting go."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from configurator.catalog.happenings import SAVED, Happening, tell
from configurator.catalog.queries import released
from configurator.wizard.models import Design, OwnedDesign
from configurator.wizard.owning import forget
from orders.fields import clean_line

LONGEST_NAME = 60


def rename(design: Design, name: str) -> None:
    """Give a design its name; an empty one takes it away. ValidationError says what can't stay."""
    if len(name) > LONGEST_NAME * 8:
        raise ValidationError(_("Write at most %(most)d characters.") % {"most": LONGEST_NAME})
    clean = clean_line(name)
    if len(clean) > LONGEST_NAME:
        raise ValidationError(_("Write at most %(most)d characters.") % {"most": LONGEST_NAME})
    with transaction.atomic():
        Design.objects.filter(pk=design.pk).update(name=clean)
        if clean:
            slug = released(design.release_id).slug
            tell(Happening(SAVED, product=slug, design=design.pk))


def remove(request: HttpRequest, design: Design) -> None:
    """It is this visitor's no more; and gone, unless it was ordered or somebody else keeps it."""
    forget(request, design)
    if not OwnedDesign.objects.filter(design=design).exists():
        erase(design)


def erase(design: Design) -> bool:
    """Delete a design with all that happened to it, unless an order or something else needs it."""
    try:
        with transaction.atomic():
            design.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True
