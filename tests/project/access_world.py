"""One of each that addresses name: an order with its work order, and all around them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from configurator.capacity.models import Closure, Reservation, StockItem, StockMove
from configurator.catalog.configuration import Configuration
from configurator.catalog.inspirations import record
from configurator.catalog.models import (
    Inspiration,
    Option,
    Product,
    Publication,
    Release,
    WorkCenter,
)
from configurator.catalog.queries import released
from configurator.sharing.friends import invite
from configurator.sharing.gallery import approve, submit
from configurator.shops.services import make_demo_shop
from configurator.wizard.models import Design
from orders.factory.models import PrintBatch, Stage, WorkOrder
from orders.factory.services import release_work_orders
from orders.models import Job, Order, Paper
from orders.paying.models import SandboxSession
from orders.promo.models import Promotion
from orders.quotes.making import Wanted, make_quote
from orders.quotes.models import Quote
from personalization.dialogue.models import Idea, SavedAnswer, Thread
from personalization.experiments.models import Experiment
from personalization.feeds.models import Export
from personalization.journeys.models import Journey
from personalization.messages.models import Copy, Message
from personalization.offering.models import Offer
from personalization.people.exchanges import Exchange
from personalization.people.models import Person
from personalization.segments.models import Segment
from personalization.slots.models import Variant
from project.roles import make_groups
from tests.orders import kit


def record_inspiration(product: Product, design: Design) -> Inspiration:
    return record(
        product_id=product.pk,
        product=released(design.release_id),
        configuration=Configuration.from_json(design.state),
    )


@dataclass(frozen=True)
class World:
    """One order with its work order, and what stands for the parts of the routes."""

    order: Order
    work_order: WorkOrder
    known: dict[str, str]

    def path(self, route: str) -> str:
        """The address of something that is there."""
        path = route.replace("<int:number>", "1")  # a release's; a work order's is no integer
        if route.startswith("admin/") and "object_id" in route:
            path = path.replace("<path:object_id>", self.known.get(route.split("/")[2], "1"), 1)
        for part, value in self.known.items():
            path = re.sub(rf"<(\w+:)?{part}>", value, path)
        return "/" + path.replace("\\", "")


def build_world(settings: Any, tmp_path: Any) -> World:
    """Something to be found at every address."""
    settings.PAPERS_DIR = tmp_path / "papers"
    settings.PICTURES_DIR = tmp_path / "pictures"
    settings.CARD_SANDBOX = True
    make_groups()
    kit.import_lamp()
    make_demo_shop()
    order = kit.order(kit.whole_design())
    work_order = release_work_orders(order_id=order.pk)[0]
    paper = Paper.objects.create(
        order=order, kind="confirmation", subject=order.number, sha="0" * 64
    )
    product, option = Product.objects.get(), Option.objects.get(code="shade")
    batch = PrintBatch.objects.create(papers=["pull_sheet"], size="A4", language="en")
    line = order.lines.get()
    closure = Closure.objects.create(first_day="2030-01-01", last_day="2030-01-01")
    item = StockItem.objects.create(number="P-1")
    move = StockMove.objects.create(item=item, kind="counted", quantity=0)
    asked = Publication.objects.create(
        product=product, content=Release.objects.get().content, state="asking"
    )
    entry = submit(design=line.design, title="Reading light", author="Ana")
    approve(entry=entry, by="")
    wanted = [Wanted(line.design, 1)]
    day = order.promised_on
    quote = make_quote(wanted=wanted, contact=kit.CONTACT, language="en", shipping="", ready_on=day)
    Quote.objects.update(token=order.token)
    talk = Thread.objects.create(product=product, token=order.token, design=line.design)
    idea = Idea.objects.create(product=product, words="Of oak", state="open", token=order.token)
    SavedAnswer.objects.create(pk=1, name="Hello")
    Experiment.objects.create(pk=1, code="oak", name="Oak first")
    said = Message.objects.create(pk=1, key="1", person=Person.objects.create(), channel="mail")
    Copy.objects.create(message=said, provider="kept", html="<p>Hello")
    deal = Promotion.objects.create(kind="percent", percent=10, name="For you")
    Offer.objects.create(pk=1, promotion=deal)
    Export.objects.create(pk=1, format="google", kind="removal", count=0)
    known = {
        "exchange": str(Exchange.objects.create(pk=1, code="1", name="Size", text="It fits.").pk),
        "person_key": str(Person.objects.create().key),
        **{"thread_id": str(talk.pk), "idea_id": str(idea.pk)},
        "release_id": str(Release.objects.get().pk),
        **{"run_key": str(uuid4()), "move": "pause", "side": "1", "card": "x" * 16},
        **{"format": "google", "market": "pl-eur-en"},
        "place": Variant.objects.create(pk=1, place="home.more", name="Spring").place,
        "journey": Journey.objects.create(slug="care", name="Care", draft=A_STEP).slug,
        "step_id": "s1",
        "segment": Segment.objects.create(slug="regulars", name="Regulars", kind="list").slug,
        **{"quote": str(quote.pk)},
        **{"publication": str(asked.pk), "publication_id": str(asked.pk)},
        **{"closure": str(closure.pk), "stockitem": str(item.pk), "stockmove": str(move.pk)},
        **{"workcenterhours": str(WorkCenter.objects.all()[0].pk)},
        **{"reservation": str(Reservation.objects.all()[0].pk)},
        **{"slug": product.slug, "number": work_order.number, "design_id": str(line.design_id)},
        **{"token": order.token, "n": "1", "option": "shade", "value": "glass", "suffix": "webp"},
        "invitation": str(invite(design=line.design, may_edit=True, host="").pk),
        **{"figure": "wanted", "link": entry.share.token, "entry": str(entry.pk)},
        **{"revision": "0", "size": "A4", "product_id": str(product.pk), "id": "1"},
        **{"content_type_id": "1", "object_id": "1", "user": "1", "group": "1"},
        **{"product": str(product.pk), "option_row": str(option.pk)},
        **{"option_id": str(option.pk), "kind": "rule", "choice": str(option.choices.all()[0].pk)},
        **{"row_id": "1", "revision_id": "1"},
        **{"step": str(option.step_id), "workcenter": str(WorkCenter.objects.all()[0].pk)},
        **{"release": str(Release.objects.get().pk), "order": str(order.pk)},
        **{"rule": str(product.rules.all()[0].pk), "part": str(product.parts.all()[0].pk)},
        "inspiration": str(record_inspiration(product, line.design).pk),
        **{"operation": str(product.operations.all()[0].pk), "job": str(Job.objects.all()[0].pk)},
        **{"paper": str(paper.pk), "specification": line.specification_id},
        **{"workorder": str(work_order.pk), "name": "work-orders", "table": "promises"},
        **{"result": "orders"},
        **{"batch": str(batch.key), "file": "papers.pdf"},
        **{"shop": "atelier", "theme": "day", "mark": "old", "rate": "1"},
        **{
            "photo": "1",
            "pk": "1",
            "proof": "x",
            "word": "1-x",
            "purpose": "marketing",
            "stage": str(Stage.objects.create(name="Cut").pk),
        },
        **{"way": "card", "session_id": _hosted_page().pk},
        **{"code": "cut", "event": "start", "sha": "0" * 64, "key": str(uuid4())},
        **{"item_id": str(uuid4())},
    }
    return World(order, work_order, known)


A_STEP = {"steps": [{"id": "s1"}]}


def _hosted_page() -> SandboxSession:
    return SandboxSession.objects.create(
        **{"id": "cs_1", "key": "1", "amount": 100, "currency": "EUR", "title": "Order"},
        return_url="/",
        expires_at=timezone.now() + timedelta(hours=1),
    )
