"""What the pages of printing are given: what can be printed, of what, and how far a batch is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from configurator.catalog.texts import say
from orders.factory import queries
from orders.factory.models import PrintBatch, WorkOrder
from orders.factory.pages import TONES, Due, due
from orders.factory.papers.kinds import KINDS, Kind, addressed
from orders.factory.printing import KIND, MOST, VOID
from orders.factory.telling import language
from orders.models import Job
from orders.papers import words

State = WorkOrder.State
GROUPS = {
    "bench": gettext_lazy("For the bench"),
    "units": gettext_lazy("For each unit and its box"),
    "labels": gettext_lazy("Labels, in files of their own"),
}
LATELY = 20
FIRST_PAPERS = ("pull_sheet", "pick_list", "build_sheet")  # ticked before anybody chooses


@dataclass(frozen=True)
class Choice:
    """A kind of paper that may be ticked."""

    kind: Kind
    checked: bool


@dataclass(frozen=True)
class Row:
    """A work order in the selection; `void` ones can't be printed."""

    number: str
    product: str
    quantity: int
    due: Due
    state: str
    tone: str
    void: bool
    checked: bool


@dataclass(frozen=True)
class Form:
    """What was asked for so far, and what is wrong with it, by field."""

    key: UUID = field(default_factory=uuid4)
    papers: Sequence[str] = FIRST_PAPERS
    size: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """A batch as it is told of: `files` are (name, what it is, link), empty for who may not."""

    key: UUID
    name: str
    url: str
    by: str
    at: str
    papers: str
    count: int
    ready: bool
    failed: bool
    locked: bool
    done: int
    total: int
    files: Sequence[tuple[str, str, str]] = ()
    stale: Sequence[tuple[str, str]] = ()  # number, why its papers are void
    again: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class PrintPage:
    form: Form
    groups: Sequence[tuple[str, Sequence[Choice]]]
    sizes: Sequence[tuple[str, str, bool]]  # value, name, chosen
    rows: Sequence[Row]
    note: str  # that there are more than can be printed at once
    lately: Sequence[Batch]


def print_page(
    form: Form, work_orders: Sequence[WorkOrder], *, addresses: bool, more: int = 0
) -> PrintPage:
    """The form over these work orders; `more` match the filter and are not among them."""
    today = localdate()
    size = (form.size or settings.FACTORY_PAPER).casefold()
    return PrintPage(
        form=form,
        groups=_groups(form.papers, addresses=addresses),
        sizes=[
            (value, name, value.casefold() == size)
            for value, name in (("A4", "A4"), ("letter", "Letter"))
        ],
        rows=[_row(work_order, today) for work_order in work_orders],
        note=_note(len(work_orders), more),
        lately=[batch(row, addresses=addresses) for row in queries.batches(LATELY)],
    )


def _groups(chosen: Collection[str], *, addresses: bool) -> list[tuple[str, list[Choice]]]:
    return [
        (
            str(title),
            [
                Choice(kind, kind.code in chosen)
                for kind in KINDS.values()
                if kind.group == group and (addresses or not kind.addressed)
            ],
        )
        for group, title in GROUPS.items()
    ]


def _row(work_order: WorkOrder, today: date) -> Row:
    state = State(work_order.state)
    void = state in VOID
    product = getattr(work_order, "product", None) or {}
    done = state in (State.FINISHED, State.SHIPPED, *VOID)
    return Row(
        number=work_order.number,
        product=say(product, language()),
        quantity=work_order.quantity,
        due=due(work_order.due_on, today, done=done),
        state=str(state.label),
        tone=TONES[state],
        void=void,
        checked=not void,
    )


def _note(count: int, more: int) -> str:
    if more <= 0:
        return ""
    facts = {"count": count, "all": count + more, "most": MOST}
    told = _(
        "%(all)s work orders match; %(most)s can be printed at once. These are the %(count)s that"
        " are due first; print the others after them, or narrow the filter."
    )
    return told % facts


def batch(row: PrintBatch, *, addresses: bool, whole: bool = False) -> Batch:
    """What is told of a batch; `whole` with its files and what of it is void by now."""
    ready = row.state == PrintBatch.State.READY
    locked = addressed(row.papers) and not addresses
    return Batch(
        key=row.key,
        name=str(row),
        url=reverse("factory:print_batch", args=[row.key]),
        by=row.by_name,
        at=words.moment(row.at, language()),
        papers=", ".join(str(KINDS[code].name) for code in row.papers if code in KINDS),
        count=getattr(row, "count", 0),
        ready=ready,
        failed=not ready and whole and _failed(row),
        locked=locked,
        done=row.done,
        total=row.total,
        files=_files(row) if whole and ready and not locked else (),
        stale=_stale(row) if whole else (),
    )


def _failed(row: PrintBatch) -> bool:
    parked = Job.objects.filter(kind=KIND, state=Job.State.PARKED)
    return parked.filter(payload={"batch": str(row.key)}).exists()


def _files(row: PrintBatch) -> list[tuple[str, str, str]]:
    return [
        (
            file["name"],
            _told(file["name"], int(file["pages"])),
            reverse("factory:print_file", args=[row.key, file["name"]]),
        )
        for file in row.files
    ]


def _told(name: str, pages: int) -> str:
    if name.startswith("labels"):
        return ngettext("%(n)d label", "%(n)d labels", pages) % {"n": pages}
    return ngettext("%(n)d page", "%(n)d pages", pages) % {"n": pages}


REVISED = pgettext_lazy("papers of a work order", "revised since")


def _stale(row: PrintBatch) -> list[tuple[str, str]]:
    """Work orders whose papers in this batch must not be used any more, and why."""
    found: dict[str, str] = {}
    for printed in queries.printed(row):
        work_order = printed.work_order
        if work_order.state in VOID:
            found[work_order.number] = str(State(work_order.state).label)
        elif (work_order.revision, work_order.specification_id) != (printed.revision, printed.sha):
            found[work_order.number] = str(REVISED)
    return sorted(found.items())
