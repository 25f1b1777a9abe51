"""All that is kept of a customer: left, asked for as a file, erased."""

import io
import json
import zipfile

from django.apps import apps
from django.core.cache import cache
from django.db.models import CharField, JSONField, TextField
from django.test import Client

from accounts import erasing, exporting
from accounts.models import DataRequest
from configurator.sharing.services import share
from configurator.wizard.models import Design
from orders import services
from orders.confirmations import print_confirmation
from orders.models import Job, Order, OrderEvent
from orders.voices.services import say
from personalization.dialogue.asking import like
from tests.accounts.hands import (
    ADDRESS,
    ANA,
    code_from_mail,
    design_begun,
    order_in,
    post_mails,
    sign_in,
    sign_up,
)


def perform(kind: str) -> None:
    actions = {
        exporting.EXPORT: exporting.make,
        exporting.SWEEP: exporting.sweep,
        erasing.ERASE: erasing.erase,
        erasing.CLOSE: erasing.forget_order,
    }
    for job in Job.objects.filter(kind=kind, state=Job.State.DUE):
        assert actions[kind](job.pk), Job.objects.get(pk=job.pk).error


def whole_life(client: Client) -> tuple[Order, Design]:
    """An account with all that a customer may leave: designs, artwork, links, addresses, orders."""
    design, order = design_begun(client), order_in(client)
    sign_up(client)
    client.post("/account/addresses/add/", ADDRESS)
    client.post(f"/account/designs/{design.pk}/name/", {"name": "For Zoe"})
    share(design=design, title="Mine", author="Ana")
    line = order.lines.get()
    say(line=line, stars=5, words="Bright", author="Ana", language="en")
    words = {"words": "Is there more of it?", "email": ANA, "author": "Ana"}
    for url in ("/p/desk-lamp/question/", f"/o/{order.token}/1/question/", "/p/desk-lamp/ideas/"):
        assert client.post(url, words).status_code == 302
    like(line=line, stars={"shade": 4})
    print_confirmation(order)
    return order, design


def close(order: Order) -> None:
    for kind in ("STARTED", "FINISHED", "SHIPPED"):
        services.record(order_id=order.pk, kind=getattr(OrderEvent.Kind, kind))


def archive(client: Client) -> zipfile.ZipFile:
    perform(exporting.EXPORT)
    asked = DataRequest.objects.get(kind="export")
    answer = client.get(f"/account/data/export/{asked.pk}/my-data.zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def holders(text: str) -> set[tuple[str, str]]:
    """Every field of the database that holds a text: (model, field)."""
    found = set()
    for model in apps.get_models():
        fields = [
            f
            for f in model._meta.concrete_fields
            if isinstance(f, CharField | TextField | JSONField)
        ]
        for row in model._default_manager.all():
            for field in fields:
                value = field.value_from_object(row)
                said = json.dumps(value, default=str, ensure_ascii=False)
                if text.casefold() in said.casefold():
                    found.add((model._meta.label_lower, field.name))
    return found


def erase(client: Client) -> None:
    answer = client.post("/account/data/erase/", {"sure": "1"}, follow=True)
    assert "/account/confirm" not in answer.redirect_chain[-1][0]
    perform(erasing.ERASE)


def confirmed(client: Client) -> Client:
    """Another browser of the account, which has shown a moment ago who it is."""
    post_mails()
    cache.clear()  # of the counting of mails
    other = Client()
    sign_in(other)
    asked = other.get("/account/confirm/code/").content.decode()
    recipient = asked.split('<option value="', 1)[1].split('"', 1)[0]
    other.post("/account/confirm/code/", {"recipient": recipient})
    other.post("/account/confirm/code/enter/", {"code": code_from_mail()})
    return other
