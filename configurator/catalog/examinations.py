"""The doctor looks by itself: after an edit, in a job of its own, and keeps what it found.

Edits in a row come to one examination, of the last state: one that is under way gives up as soon
as the product is edited again. What was found is kept by the hash of the content.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from configurator.catalog import work
from configurator.catalog.children import watched
from configurator.catalog.content import Content, Path, canonical, sha_of
from configurator.catalog.doctor import Diagnosis, examine, glance
from configurator.catalog.drafts import read_content
from configurator.catalog.gaps import Finding
from configurator.catalog.models import Choice, Examination, Product, Revision
from configurator.catalog.placing import Rows, named
from configurator.catalog.publishing import designs_text
from configurator.engine.words import Words as _
from configurator.engine.words import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Stage = Examination.Stage
EXAMINE = "catalog.examine"
PAUSE = timedelta(seconds=1)
"""So long after an edit the examination begins; more edits belong to the same one."""
STALE = timedelta(minutes=10)
"""So long after its last sign of life an examination is taken for dead, and is asked for again."""
GLANCED = 1_500
"""With so many choices what is seen at a glance is told within a request; with more, by the job."""


class Edited(Exception):
    """The product was edited while it was examined."""


@dataclass(frozen=True)
class Found:
    """What an examination of a state came to; `diagnosis` is None where it was known already."""

    state: int
    sha: str
    diagnosis: Diagnosis | None = None
    findings: tuple[dict[str, Any], ...] = ()


def state_of(product_id: int) -> int:
    """The number of the last revision of a product's rows, or of a work center."""
    rows = Revision.objects.filter(Q(product_key=product_id) | Q(product_key=None))
    return int(rows.aggregate(last=Max("id"))["last"] or 0)


def look(product: Product) -> Examination:
    """What is known of the product as it is now; what is not is asked for."""
    state = state_of(product.pk)
    row = Examination.objects.filter(product=product).first()
    if row is None or row.wanted != state or _is_stuck(row):
        row = _ask(product, state)
    if row.seen != state and Choice.objects.filter(option__product=product).count() <= GLANCED:
        _keep_quick(row, state, read_content(product))
    return row


def look_again(product: Product) -> Examination:
    """Examine anew, whatever is known."""
    Examination.objects.filter(product=product).update(sha="", found_at=-1)
    return _ask(product, state_of(product.pk))


def _is_stuck(row: Examination) -> bool:
    if row.stage == Stage.IDLE:
        return row.found_at != row.wanted
    return timezone.now() - row.stage_at > STALE


@transaction.atomic
def _ask(product: Product, state: int) -> Examination:
    """Want this state examined; an examination that is under way sees it by itself."""
    now = timezone.now()
    Examination.objects.get_or_create(product=product)
    row = Examination.objects.select_for_update().get(product=product)
    row.wanted = state
    if row.stage == Stage.IDLE or _is_stuck(row):
        row.stage, row.stage_at, row.began_at = Stage.WAITING, now, now
        work.ask_for(EXAMINE, now + PAUSE, work.EXAMINING, product=str(product.pk))
    row.save()
    return row


def _keep_quick(row: Examination, state: int, content: Content) -> None:
    row.seen, row.quick = state, findings_to_json(glance(content), row.product, content)
    row.save(update_fields=["seen", "quick"])


def perform(product_id: int, alive: Callable[[], None] = lambda: None) -> Found | None:
    """Examine the product as it is now, and once more where it was edited meanwhile."""
    while True:
        try:
            return _perform(product_id, alive)
        except Edited:
            time.sleep(PAUSE.total_seconds())


def _perform(product_id: int, alive: Callable[[], None]) -> Found | None:
    row = Examination.objects.select_related("product").filter(product_id=product_id).first()
    if row is None:
        return None
    state, cases = state_of(product_id), list(row.product.cases.all())
    _report(product_id, Stage.READING)
    content = read_content(row.product)
    sha = sha_of([content, [[*map(str, case_of(case))] for case in cases]])
    if row.sha == sha and row.examined_at is not None:
        return Found(state, sha)
    if row.seen != state:
        _keep_quick(row, state, content)

    def look() -> None:
        alive()
        if state_of(product_id) != state:
            raise Edited

    with watched(look):
        diagnosis = examine(content, lambda stage: _report(product_id, stage), cases=cases)
    quick = {each.message for each in glance(content)}
    findings = findings_to_json(diagnosis.findings, row.product, content)
    for finding, of in zip(findings, diagnosis.findings, strict=True):
        finding["deep"] = of.message not in quick
    return Found(state, sha, diagnosis, tuple(findings))


def case_of(case: Any) -> tuple[Any, ...]:
    """What of a test case matters for its outcome."""
    stated = [canonical(each) for each in (case.choices, case.texts, case.parts)]
    return (case.pk, case.name, case.possible, case.price, *stated)


def _report(product_id: int, stage: str) -> None:
    mine = Examination.objects.filter(product_id=product_id)
    mine.update(stage=stage, stage_at=timezone.now())


@transaction.atomic
def finish(product_id: int, found: Found | None) -> None:
    """Keep what was found; where the product was edited since, ask for the next."""
    row = Examination.objects.select_for_update().filter(product_id=product_id).first()
    if row is None or found is None:
        return
    row.stage, row.stage_at = Stage.IDLE, timezone.now()
    row.found_at, row.seen = found.state, max(row.seen, found.state)
    if found.diagnosis is not None:
        row.sha, row.examined_at = found.sha, timezone.now()
        row.findings = list(found.findings)
        row.designs = designs_text(found.diagnosis.designs)
        row.open_questions = [kept(each) for each in found.diagnosis.open_questions]
    row.save()
    if state_of(product_id) != found.state:
        _ask(row.product, state_of(product_id))


def failed(product_id: int, error: Exception) -> Found:
    """What is told of an examination that fell over to the last."""
    reason = f"{type(error).__name__}: {error}"[:300]
    message = _("The product could not be examined (%(reason)s).", reason=reason)
    place = {"path": [], "row": "", "name": ""}
    finding = {"grade": "error", "message": kept(message), "place": place, "causes": []}
    return Found(state_of(product_id), "", Diagnosis(()), (finding,))


def findings_to_json(
    findings: Iterable[Finding], product: Product, content: Content
) -> list[dict[str, Any]]:
    """Findings as they are kept: for any language, and with the rows where they are mended."""
    rows = Rows(product, content)

    def place(path: Path) -> dict[str, Any]:
        return {"path": list(path), "row": rows.row(path), "name": kept(named(content, path))}

    return [
        {
            "grade": each.grade,
            "message": kept(each.message),
            "place": place(each.path),
            "causes": [place(path) for path in each.causes],
        }
        for each in findings
    ]
