"""Every kind of job that a house has besides those of making: asked for, and what came of it."""

import zipfile
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any


def ask_for_all(count: str) -> str:
    """So many invoices, exports, erasures, mails and decisions of the gallery, and one look of the
    doctor's."""
    from django.db import transaction

    from accounts import erasing, exporting, mails
    from accounts.models import DataRequest
    from configurator.catalog.examinations import look_again
    from configurator.catalog.models import Product
    from configurator.sharing import gallery
    from orders import services
    from orders.models import OrderEvent
    from tests.orders import kit

    for number in range(int(count)):
        order = kit.order(kit.whole_design(), email=f"invoiced-{number}@example.com")
        for kind in (OrderEvent.Kind.STARTED, OrderEvent.Kind.FINISHED, OrderEvent.Kind.SHIPPED):
            services.record(order_id=order.pk, kind=kind)
        exporting.ask(DataRequest.objects.create(kind="export", email=order.email))
        gone = kit.order(kit.whole_design(), email=f"gone-{number}@example.com")
        erasing.ask(DataRequest.objects.create(kind="erase", email=gone.email))
        entry = gallery.submit(
            design=kit.whole_design(), title=f"Lamp {number}", author="Ana", email="ana@example.com"
        )
        gallery.approve(entry=entry, by="mo")
        with transaction.atomic():
            mails.post(to="bo@example.com", subject=f"Note {number}", body="Hello")
    look_again(Product.objects.get())
    return "asked"


def come_of_all() -> dict[str, Any]:
    """What the jobs have made."""
    from accounts import exporting
    from accounts.models import DataRequest, OutgoingMail
    from configurator.catalog.models import Examination
    from orders.models import Job, Order
    from orders.paying.models import Invoice

    files = sorted(exporting.path_of(DataRequest()).parent.glob("*"))
    looked = Examination.objects.get()
    return {
        "invoices": sorted(Invoice.objects.values_list("number", flat=True)),
        "invoiced": Invoice.objects.values("order").distinct().count(),
        "exports": sum(zipfile.ZipFile(file).testzip() is None for file in files),
        "ready": DataRequest.objects.exclude(ready_at=None).count(),
        "still to be erased": DataRequest.objects.filter(kind="erase").count(),
        "finished before they are forgotten": Order.objects.filter(
            email__startswith="gone"
        ).count(),
        "still to be mailed": OutgoingMail.objects.count(),
        "looked at": looked.found_at == looked.wanted,
        "parked": list(Job.objects.filter(state=Job.State.PARKED).values_list("kind", "error")),
    }


def letters(folder: Path) -> Counter[str]:
    """Letters that went out, of each kind; one sent again has the same id, and is one."""
    known = {}
    for file in folder.glob("*"):
        for text in file.read_bytes().split(b"-" * 79):
            letter = message_from_bytes(text.strip())
            if letter["Message-ID"]:
                known[letter["Message-ID"]] = str(letter["Subject"]).rstrip("F0123456789- ")
    return Counter(known.values())
