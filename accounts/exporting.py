"""One file with all that is kept about somebody: data as JSON, artwork, papers."""

import json
import os
import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Field, Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import artwork, mails
from accounts.models import DataRequest
from accounts.person import Person, person_of, rows_of
from orders import jobs
from orders.models import Job, Order
from orders.papers import store

EXPORT, SWEEP = "accounts.export", "accounts.sweep"
KEPT_DAYS = 7
SECRET = frozenset({"password", "token", "browser", "key", "data", "session"})
"""Fields that open something, or mean nothing outside: not told, nor are rows of jobs and mails."""
INTERNAL = frozenset({"accounts.datarequest", "accounts.outgoingmail"})


def ask(request_row: DataRequest) -> None:
    """Have the file made."""
    with transaction.atomic():
        payload = {"request": str(request_row.pk)}
        jobs.enqueue(kind=EXPORT, queue="render", payload=payload)


def make(job_id: str | UUID) -> bool:
    """Perform the job: write the file, and mail that it is ready."""
    return jobs.perform_prepared(job_id, _write, _tell)


def path_of(request_row: DataRequest) -> Path:
    return _folder() / f"{request_row.pk}.zip"


def drop(request_id: object) -> None:
    """Delete the file, and what a writer that was killed has left of it."""
    for path in _folder().glob(f"*{request_id}*"):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def _asked(job: Job) -> DataRequest | None:
    return DataRequest.objects.filter(pk=job.payload["request"]).first()


def _write(job: Job) -> None:
    asked = _asked(job)
    if asked is None:
        return
    person = person_of(asked.user, asked.email, asked.designs)
    target = path_of(asked)
    target.parent.mkdir(parents=True, exist_ok=True)
    drop(asked.pk)
    handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{asked.pk}-")
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("data.json", as_json(person))
            for name, data in _files(person):
                out.writestr(name, data)
        file.flush()
        os.fsync(file.fileno())
    Path(scratch).replace(target)


def as_json(person: Person) -> str:
    """The rows by their kind, in readable JSON."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(person):
        label = row._meta.label_lower
        if label not in INTERNAL:
            kinds.setdefault(label, []).append(_told(row))
    facts = {"written_at": timezone.now(), "emails": person.emails, "rows": kinds}
    return json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)


def _told(row: Model) -> dict[str, Any]:
    facts = {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if isinstance(field, Field) and field.name not in SECRET
    }
    specification = getattr(row, "specification", None)
    if specification is not None:
        facts["content"] = specification.content
    return facts


def _files(person: Person) -> list[tuple[str, bytes]]:
    """Artwork of designs and orders, and the papers of orders."""
    found = []
    for sha in sorted(artwork.shas_of(rows_of(person))):
        data = artwork.read(sha)
        if data is not None:
            found.append((f"artwork/{sha[:16]}.{artwork.suffix_of(sha)}", data))
    for order in person.orders:
        for paper in order.papers.filter(kind="confirmation"):
            printed = store.read(paper.sha)
            if printed is not None:
                found.append((f"papers/{_paper_name(order, paper.revision)}", printed))
    return found


def _paper_name(order: Order, revision: int) -> str:
    return f"{order.number}{f'-{revision}' if revision > 1 else ''}.pdf"


def _tell(job: Job, _written: None) -> None:
    asked = _asked(job)
    if asked is None:  # forgotten while the file was written: it goes, too
        drop(job.payload["request"])
        return
    now = timezone.now()
    expires = now + timedelta(days=KEPT_DAYS)
    DataRequest.objects.filter(pk=asked.pk).update(ready_at=now, expires_at=expires)
    jobs.enqueue(kind=SWEEP, queue="mail", due_at=expires + timedelta(minutes=1))
    with override(asked.language):
        mails.post_template(
            to=asked.email,
            subject=_("Your data is ready"),
            template="export_ready",
            link=mails.absolute(reverse("accounts:export", args=[asked.pk])),
            days=KEPT_DAYS,
        )


def sweep(job_id: str | UUID) -> bool:
    """Perform the job: files that were ready long enough are deleted."""
    return jobs.perform(job_id, lambda _job: _sweep())


def _sweep() -> None:
    for asked in DataRequest.objects.filter(kind="export", expires_at__lte=timezone.now()):
        drop(asked.pk)
        asked.delete()
