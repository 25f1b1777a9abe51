"""Uploaded pictures: which of them somebody's rows name, and whether anybody else's do."""

import json
import re
from collections.abc import Iterable

from django.apps import apps
from django.db.models import JSONField, Model, TextField
from django.db.models.functions import Cast

from configurator.wizard.models import Artwork
from configurator.wizard.preview import artwork_path

SHA = re.compile(r"\b[0-9a-f]{64}\b")
STATES = ("wizard.Design", "wizard.DesignEvent", "orders.Specification", "sharing.Share")
"""Where designs are kept with the hashes of their pictures, in JSON."""


def shas_of(rows: Iterable[Model]) -> set[str]:
    """The artwork that these rows name."""
    found: set[str] = set()
    for row in rows:
        for field in row._meta.concrete_fields:
            if isinstance(field, JSONField):
                found |= set(SHA.findall(json.dumps(field.value_from_object(row), default=str)))
        specification = getattr(row, "specification", None)
        if specification is not None:
            found |= set(SHA.findall(json.dumps(specification.content)))
    return set(Artwork.objects.filter(pk__in=found).values_list("pk", flat=True))


def read(sha: str) -> bytes | None:
    """The cleaned picture; None if it is not there."""
    try:
        return artwork_path(sha).read_bytes()
    except OSError:
        return None


def suffix_of(sha: str) -> str:
    """How its file's name ends."""
    kind = Artwork.objects.values_list("media_type", flat=True).get(pk=sha)
    return "jpg" if kind == "image/jpeg" else kind.rpartition("/")[2]


def drop_unused(shas: Iterable[str]) -> list[str]:
    """Delete those that no design, order or shared link names any more; which."""
    gone = [sha for sha in shas if not _is_used(sha)]
    for sha in gone:
        Artwork.objects.filter(pk=sha).delete()
        artwork_path(sha).unlink(missing_ok=True)
    return gone


def _is_used(sha: str) -> bool:
    for label in STATES:
        model = apps.get_model(label)
        for field in model._meta.concrete_fields:
            if isinstance(field, JSONField):
                text = model._default_manager.annotate(_text=Cast(field.name, TextField()))
                if text.filter(_text__contains=sha).exists():
                    return True
    return False
