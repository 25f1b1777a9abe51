"""A small product and its orders, for tests of orders and for the chaos tests."""

from pathlib import Path
from typing import Any
from uuid import UUID

from configurator.catalog.importing.service import import_product
from configurator.engine import Value
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders import services
from orders.models import Order
from orders.offers import offer
from orders.services import Contact, Seen
from orders.specifications import freeze
from tests.rows import written_once

LAMP = Path(__file__).with_name("lamp.yaml")
CHOICES: dict[str, Value] = {"shade": "glass", "height": 450, "dimmer": True, "engraved": True}
TEXT = "Zażółć 1 Ñ"
CONTACT = Contact(
    name="Zofia Núñez",
    email="zofia@example.com",
    street="ul. Świętego Ducha 7",
    postal_code="31-008",
    city="Kraków",
    country="PL",
)


def import_lamp() -> None:
    """Publish the desk lamp: €80 + €12.55 glass + €9.99 dimmer + €5 engraving + the pole."""
    written_once(_write_lamp)


def _write_lamp() -> None:
    import_product(file=LAMP)


def started(choices: dict[str, Value] | None = None, text: str = "") -> Design:
    """A design of the lamp with these choices."""
    design = wizard.start_design(slug="desk-lamp", language="en")
    for option, value in (choices or {}).items():
        design = wizard.choose(
            edit=wizard.Edit(design.pk, design.revision), option=option, value=value
        ).design
    if text:
        edit = wizard.Edit(design.pk, design.revision)
        design = wizard.write_text(edit=edit, option="engraving", text=text).design
    return design


def whole_design() -> Design:
    """A design with everything decided."""
    return started(CHOICES, TEXT)


def seen_now(design: Design, quantity: int = 1) -> Seen:
    """What a customer sees who looks at the review now."""
    offered = offer(design)
    return Seen(
        revision=design.revision,
        specification=freeze(design).sha,
        total=offered.amounts(quantity).total,
        ready_on=offered.ready_on,
        terms="2026-11",
    )


def order(design: Design, seen: Seen | None = None, quantity: int = 1, **contact: Any) -> Order:
    """Place the order of a design."""
    return services.place_order(
        design_id=design.pk,
        seen=seen or seen_now(design, quantity),
        quantity=quantity,
        contact=Contact(**{**vars(CONTACT), **contact}),
        language="en",
        browser="the browser",
    )


def form_of(design: Design, **changes: Any) -> dict[str, Any]:
    """What the review page's form posts when a customer fills it in; it shows one lamp's total."""
    seen = seen_now(design)
    hidden = {
        "revision": seen.revision,
        "specification": seen.specification,
        "total": str(seen.total),
        "ready_on": seen.ready_on.isoformat(),
        "terms_version": seen.terms,
    }
    shown = {"quantity": 1, "terms": "on", **vars(CONTACT)}
    return {**hidden, **shown, **changes}


def place_url(design_id: UUID) -> str:
    return f"/d/{design_id}/order/"
