"""A run's files: never public, and consent is asked again before one leaves."""

import csv
import zipfile
from collections.abc import Iterator
from io import StringIO
from typing import IO, cast
from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from personalization.brochures import filing, who
from personalization.brochures.models import Brochure, Run
from personalization.brochures.pages import withdrawn_since
from personalization.people.marketers import marketer

STAMP = (2000, 1, 1, 0, 0, 0)  # of every file in an archive


def _private(response: HttpResponseBase, name: str, how: str = "attachment") -> HttpResponseBase:
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    patch_cache_control(response, private=True, no_store=True)
    return response


def _gone(request: HttpRequest, run: Run, why: str) -> HttpResponse:
    return render(request, "brochures/gone.html", {"run": run, "why": why}, status=410)


@require_safe
@marketer("brochures.view_brochure")
def sheets(request: HttpRequest, run_key: UUID) -> HttpResponseBase:
    """All brochures on their sheets, unless somebody on them has withdrawn since."""
    run = get_object_or_404(Run, key=run_key)
    if run.state != Run.State.READY or not run.sheets.get("count"):
        raise Http404("there are no sheets")
    if withdrawn_since(run):
        return _gone(request, run, "withdrawn")
    try:
        file = filing.sheets(run.key).open("rb")
    except FileNotFoundError:
        return _gone(request, run, "expired")
    response = FileResponse(file, content_type="application/pdf")
    return _private(response, f"{run}-{run.sheet}.pdf")


@require_safe
@marketer("brochures.view_brochure")
def single(request: HttpRequest, run_key: UUID, number: int) -> HttpResponseBase:
    """One brochure as a file of its own."""
    run = get_object_or_404(Run, key=run_key)
    row = get_object_or_404(run.brochures.select_related("person"), number=number)
    if row.state != Brochure.State.DRAWN or not row.sha:
        raise Http404("this brochure is not drawn")
    if not who.allows(row.person):
        return _gone(request, run, "withdrawn")
    try:
        data = filing.read(run.key, row.sha)
    except FileNotFoundError:
        return _gone(request, run, "expired")
    name = f"{run}-{row.number:05}.pdf"
    return _private(HttpResponse(data, content_type="application/pdf"), name, "inline")


def _handed_over(run: Run) -> list[Brochure]:
    """The brochures that are drawn and still allowed."""
    rows = list(
        run.brochures.filter(state=Brochure.State.DRAWN).exclude(sha="").select_related("person")
    )
    allowed = who.allowing(row.person_id for row in rows)
    return [row for row in rows if row.person_id in allowed]


def _manifest(run: Run, rows: list[Brochure]) -> str:
    """A line a brochure: its file, the file's hash, and the person's reference without a name."""
    written = StringIO()
    out = csv.writer(written, lineterminator="\r\n")
    out.writerow(("file", "sha256", "bytes", "pages", "person"))
    for row in rows:
        out.writerow((f"{run}-{row.number:05}.pdf", row.sha, row.size, 2, row.person.key))
    return written.getvalue()


@require_safe
@marketer("brochures.view_brochure")
def manifest(request: HttpRequest, run_key: UUID) -> HttpResponseBase:
    """What the run's files are."""
    run = get_object_or_404(Run, key=run_key)
    told = _manifest(run, _handed_over(run))
    return _private(HttpResponse(told, content_type="text/csv; charset=utf-8"), f"{run}.csv")


@require_safe
@marketer("brochures.view_brochure")
def archive(request: HttpRequest, run_key: UUID) -> HttpResponseBase:
    """Every brochure as a file, with the manifest, written into the answer as it goes."""
    run = get_object_or_404(Run, key=run_key)
    rows = _handed_over(run)
    if run.state != Run.State.READY or not rows:
        raise Http404("there are no brochures")
    response = StreamingHttpResponse(_zipped(run, rows), content_type="application/zip")
    return _private(response, f"{run}.zip")


class _Outgoing:
    """What a zip writes, taken out piece by piece. It only goes forwards: the zip sees to that."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def _zipped(run: Run, rows: list[Brochure]) -> Iterator[bytes]:
    out = _Outgoing()
    with zipfile.ZipFile(cast(IO[bytes], out), "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("manifest.csv", STAMP), _manifest(run, rows))
        for row in rows:
            name = zipfile.ZipInfo(f"{run}-{row.number:05}.pdf", STAMP)
            archive.writestr(name, filing.read(run.key, row.sha))
            yield out.take()
    yield out.take()
