"""What the factory's templates are given: plain facts in the reader's language."""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.texts import say
from orders.factory import machine, queries
from orders.factory.build_sheet import Operation, Part
from orders.factory.codes import short_hash
from orders.factory.machine import ENDED
from orders.factory.models import PrintedPaper, WorkOrder, WorkOrderOperation
from orders.factory.queries import Queue
from orders.factory.sheets import SIZES, operation_of, part_of
from orders.factory.telling import language
from orders.models import Specification
from orders.papers import words
from orders.papers.content import Content, read
from orders.papers.pictures import has_picture
from orders.papers.truth import with_sizes

State = WorkOrder.State
ZERO = Decimal(0)
TONES = {
    State.RELEASED: "",
    State.STARTED: "accent",
    State.PAUSED: "",
    State.HELD: "warn",
    State.REWORK: "warn",
    State.FINISHED: "good",
    State.SHIPPED: "good",
    State.SCRAPPED: "bad",
    State.CANCELED: "bad",
}
QUICK = {
    "pause": gettext_lazy("Pause"),
    "resume": gettext_lazy("Go on"),
    "ship": gettext_lazy("It is shipped"),
}
FILTER_NAMES = {
    "open": gettext_lazy("All open"),
    "released": gettext_lazy("To start"),
    "started": gettext_lazy("In work"),
    "held": gettext_lazy("On hold"),
    "finished": gettext_lazy("Finished"),
    "closed": gettext_lazy("Closed"),
}


@dataclass(frozen=True)
class Due:
    """A due date as it is said, and how urgent it is: "", "warn" or "bad"."""

    day: str
    note: str
    tone: str


@dataclass(frozen=True)
class Row:
    """A work order in the queue; `mark` is that of what is built."""

    number: str
    mark: str
    product: str
    quantity: int
    due: Due
    state: str
    tone: str
    rush: bool = False
    selected: bool = False  # ticked, to be printed
    revised: int = 1  # above 1: the customer has changed it


@dataclass(frozen=True)
class Filter:
    """A filter of the queue, its link, and how many it holds."""

    name: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class QueuePage:
    rows: Sequence[Row]
    filters: Sequence[Filter]
    show: str
    search: str
    total: int
    page: int
    pages: int
    before: str  # links; "" where there is none
    after: str
    poll: str


@dataclass(frozen=True)
class WorkOrderPage:
    """A work order with all that its page shows."""

    work_order: WorkOrder
    content: Content
    pictured: bool
    revision: str
    due: Due
    state: str
    tone: str
    can: Set[str]  # the events that this person may bring about now
    quick: Sequence[tuple[str, str, str]]  # event, name and link of moves without a form
    hold: str  # why it is on hold and who must answer
    cuts: Sequence[Part]
    pulls: Sequence[Part]
    operations: Sequence[tuple[Operation, WorkOrderOperation]]
    minutes: str
    sizes: Sequence[str]  # of paper
    printed: str  # how often and when the sheet was printed
    print_key: str
    history: Sequence[dict[str, Any]]
    mark: str
    poll: str


def due(day: date, today: date, *, done: bool = False) -> Due:
    """The date with what it means today; what is done is not urgent."""
    shown = words.short_date(day, language())
    left = (day - today).days
    if done:
        return Due(shown, "", "")
    if left < 0:
        late = ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}
        return Due(shown, late, "bad")
    if left == 0:
        return Due(shown, _("today"), "warn")
    if left == 1:
        return Due(shown, _("tomorrow"), "warn")
    return Due(shown, ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left}, "")


def queue_page(found: Queue, selected: Collection[str] = ()) -> QueuePage:
    asked, page = found.asked, found.page
    before = page.previous_page_number() if page.has_previous() else 0
    after = page.next_page_number() if page.has_next() else 0
    return QueuePage(
        rows=[replace(_row(row, found.today), selected=row.number in selected) for row in page],
        filters=[_filter(found, name) for name in queries.FILTERS],
        show=asked.show,
        search=asked.search,
        total=page.paginator.count,
        page=page.number,
        pages=page.paginator.num_pages,
        before=_queue_url(asked.show, asked.search, before) if before else "",
        after=_queue_url(asked.show, asked.search, after) if after else "",
        poll=_queue_url(asked.show, asked.search, page.number, seen=found.mark),
    )


def _queue_url(show: str, search: str, page: int, **more: str) -> str:
    asked = {"show": show, "q": search, "page": page if page > 1 else "", **more}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse('factory:queue')}?{query}"


def _filter(found: Queue, name: str) -> Filter:
    return Filter(
        name=str(FILTER_NAMES[name]),
        url=_queue_url(name, found.asked.search, 1),
        count=found.counts[name],
        current=name == found.asked.show,
    )


def _row(work_order: WorkOrder, today: date) -> Row:
    product = getattr(work_order, "product", None) or {}
    state = State(work_order.state)
    return Row(
        number=work_order.number,
        mark=short_hash(work_order.specification_id),
        product=say(product, language()),
        quantity=work_order.quantity,
        due=due(work_order.due_on, today, done=state in ENDED),
        state=str(state.label),
        tone=TONES[state],
        rush=work_order.rush,
        revised=work_order.revision,
    )


def _sized(specification: Specification) -> dict[str, Any]:
    """The content with the true sizes of its texts and artwork."""
    content = specification.content
    configuration = Configuration.from_json(content["configuration"])
    return with_sizes(content, released(specification.release_id), configuration)


def work_order_page(found: WorkOrder, today: date, *, lead: bool) -> WorkOrderPage:
    locale, state = language(), State(found.state)
    specification = found.specification
    parts = [part_of(part, locale) for part in found.parts.all()]
    operations = [(operation_of(item, locale), item) for item in found.operations.all()]
    last = queries.last_print(found)
    mark = f"{found.version}-{last.copy if last else 0}"
    return WorkOrderPage(
        work_order=found,
        content=read(_sized(specification), locale),
        pictured=has_picture(released(specification.release_id)),
        revision=short_hash(specification.sha),
        due=due(found.due_on, today, done=state in ENDED),
        state=str(state.label),
        tone=TONES[state],
        can=set(machine.possible(state, lead=lead)),
        quick=[
            (event, str(QUICK[event]), reverse(f"factory:{event}", args=[found.number]))
            for event in machine.possible(state, lead=lead)
            if event in QUICK
        ],
        hold=_hold(found),
        cuts=[part for part in parts if part.cut],
        pulls=[part for part in parts if not part.cut],
        operations=operations,
        minutes=words.number(
            sum((item.setup_minutes + item.run_minutes for item, _row in operations), start=ZERO),
            locale,
        ),
        sizes=_sizes(),
        printed=_printed(last) if last else "",
        print_key=str(uuid4()),
        history=queries.history(found),
        mark=mark,
        poll=f"{url_of(found.number)}?{urlencode({'seen': mark})}",
    )


def _hold(found: WorkOrder) -> str:
    if found.state != State.HELD:
        return ""
    facts = {"reason": found.hold_reason, "who": found.get_hold_for_display()}
    return _("%(reason)s – %(who)s must answer.") % facts


def url_of(number: str) -> str:
    return reverse("factory:work_order", args=[number])


def bench_url() -> str:
    return reverse("factory:bench")


def _sizes() -> list[str]:
    """Paper sizes, the factory's own first."""
    return sorted(SIZES, key=lambda size: size.casefold() != settings.FACTORY_PAPER.casefold())


def _printed(last: PrintedPaper) -> str:
    told = ngettext(
        "Printed once, %(at)s (%(batch)s)",
        "Printed %(n)d times, last %(at)s (%(batch)s)",
        last.copy,
    )
    at = words.moment(last.batch.at, language())
    return told % {"n": last.copy, "at": at, "batch": last.batch}
