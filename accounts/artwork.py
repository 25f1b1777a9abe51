"""Uploaded pictures: which of them somebody's rows name, and whether anybody else's do."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db.models import JSONField, Model, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from configurator.wizard.models import Artwork
from configurator.wizard.preview import artwork_path
from configurator.wizard.uploads import ask_to_drop
from orders import jobs
from orders.models import Job

SHA = re.compile(r"\b[0-9a-f]{64}\b")
STATES = ("wizard.Design", "wizard.DesignEvent", "orders.Specification", "sharing.Share")
"""Where designs are kept with the hashes of their pictures, in JSON."""
NEVER = ("catalog", "capacity", "admin", "sessions", "contenttypes")
"""Apps whose rows name no customer's picture."""


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
    """Delete those that nothing names any more, with what was kept as it came; which."""
    gone = [sha for sha in shas if not is_used(sha)]
    for row in Artwork.objects.filter(pk__in=gone):
        files = {row.pk, row.original} - {""}
        row.delete()
        kept = Artwork.objects.filter(Q(pk__in=files) | Q(original__in=files))
        for file in (
            files
            - set(kept.values_list("pk", flat=True))
            - set(kept.values_list("original", flat=True))
        ):
            artwork_path(file).unlink(missing_ok=True)
    return gone


def drop_later(job_id: str) -> bool:
    """Perform the job: delete a picture that nothing names, or look again as much later."""
    return jobs.perform(job_id, _drop)


def _drop(job: Job) -> None:
    sha = job.payload["sha"]
    waiting = timezone.now() - timedelta(days=settings.ARTWORK_DAYS)
    if Artwork.objects.filter(pk=sha, created_at__lte=waiting).exists():
        drop_unused([sha])
    if Artwork.objects.filter(pk=sha).exists():
        ask_to_drop(sha)


def is_used(sha: str) -> bool:
    """Whether any row names this picture: a design or a step of one, an order, a quote, a link."""
    return any(
        model._default_manager.annotate(_text=Cast(name, TextField()))
        .filter(_text__contains=sha)
        .exists()
        for model, name in _json_fields()
    )


def _json_fields() -> Iterator[tuple[type[Model], str]]:
    """Where designs may be kept: all JSON besides the catalog's and the jobs', designs' first."""
    models = [apps.get_model(label) for label in STATES]
    models += [model for model in apps.get_models() if model not in models]
    for model in models:
        if model._meta.app_label in NEVER or model is Job or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, JSONField):
                yield model, field.name
