"""What is kept about somebody: as a file, and gone. A canary finds what was forgotten."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db.models import CharField, Field, JSONField, Model, TextField
from django.test import Client
from PIL import Image

from accounts import erasing, exporting
from accounts.models import Address, DataRequest, OutgoingMail
from accounts.person import person_of, rows_of
from configurator.sharing import gallery
from configurator.sharing.services import share
from configurator.wizard.models import Artwork, Design
from configurator.wizard.preview import artwork_path
from orders import services
from orders.confirmations import print_confirmation
from orders.models import Job, Order, OrderEvent
from orders.quotes.models import Quote
from orders.voices.services import say
from personalization.dialogue.asking import like
from tests.accounts.hands import ANA, code_from_mail, design_begun, post_mails, sign_in, sign_up
from tests.accounts.test_takeover import order_in
from tests.orders import kit

pytestmark = pytest.mark.usefixtures("lamp")
CANARY = "Żółw"
ADDRESS = {
    "name": "Ana Ñ",
    "company": "",
    "street": "Ulica 7",
    "postal_code": "31-008",
    "city": "Kraków",
    "country": "PL",
}


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path
    settings.PAPERS_DIR = tmp_path / "papers"


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


def test_the_file_holds_all_of_it_and_nothing_that_opens_anything(client: Client) -> None:
    order, design = whole_life(client)
    page = client.post("/account/data/export/", follow=True)
    assert "This takes a moment" in page.content.decode()
    found = archive(client)
    data = found.read("data.json").decode()
    for told in (ANA, "Zofia Núñez", "Ulica 7", "For Zoe", str(design.pk), order.number, "Glass"):
        assert told in data
    rows = json.loads(data)["rows"]
    assert {"wizard.design", "wizard.designevent", "orders.order", "accounts.address"} <= set(rows)
    user = User.objects.get(email=ANA)
    for secret in (order.token, order.browser, user.password):
        assert secret not in data
    assert f"papers/{order.number}.pdf" in found.namelist()
    assert ANA in [sent.to[0] for sent in post_mails()]


def test_quotes_and_the_gallery_are_in_the_file_and_are_forgotten(client: Client) -> None:
    whole_life(client)
    design = kit.whole_design()
    sent = {**kit.form_of(design), "email": ANA.upper()}
    del sent["terms"]
    Client().post(f"/d/{design.pk}/quote/", sent)
    quote = Quote.objects.get()
    entry = gallery.submit(design=kit.whole_design(), title="Light", author="A", email=ANA)
    client.post("/account/data/export/")
    data = archive(client).read("data.json").decode()
    rows = json.loads(data)["rows"]
    assert [row["number"] for row in rows["quotes.quote"]] == [quote.number]
    assert len(rows["quotes.quoteline"]) == 1
    assert [row["email"] for row in rows["sharing.entry"]] == [ANA]
    assert quote.token not in data
    erase(confirmed(client))
    entry.refresh_from_db()
    assert (entry.email, Quote.objects.count()) == ("", 0)


def test_nobody_else_is_in_the_file(client: Client) -> None:
    whole_life(client)
    other = Client()
    strange = design_begun(other)
    sign_up(other, "bo@example.com")
    client.post("/account/data/export/")
    assert str(strange.pk) not in archive(client).read("data.json").decode()


def test_the_file_is_deleted_after_some_days(client: Client, time_machine: Any) -> None:
    whole_life(client)
    client.post("/account/data/export/")
    perform(exporting.EXPORT)
    asked = DataRequest.objects.get()
    assert exporting.path_of(asked).is_file()
    DataRequest.objects.update(expires_at=asked.asked_at)
    assert client.get(f"/account/data/export/{asked.pk}/my-data.zip").status_code == 404
    perform(exporting.SWEEP)
    assert not exporting.path_of(asked).exists()
    assert not DataRequest.objects.exists()


def kept_files() -> list[str]:
    return [path.name for path in exporting.path_of(DataRequest()).parent.glob("*")]


def test_what_a_killed_writer_left_goes_with_the_file(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_life(client)
    client.post("/account/data/export/")
    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", lambda _path, _target: 1 / 0)
        (job,) = Job.objects.filter(kind=exporting.EXPORT)
        assert not exporting.make(job.pk)
    assert len(kept_files()) == 1  # unfinished
    assert exporting.make(job.pk)
    assert kept_files() == [f"{DataRequest.objects.get().pk}.zip"]


def test_a_file_of_somebody_forgotten_while_it_was_written_goes_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_life(client)
    client.post("/account/data/export/")
    written = exporting.as_json

    def forgotten_meanwhile(person: Any) -> str:
        DataRequest.objects.all().delete()
        return written(person)

    monkeypatch.setattr(exporting, "as_json", forgotten_meanwhile)
    perform(exporting.EXPORT)
    assert kept_files() == []


# Erasing


def texts_of(row: Model) -> "Iterator[Field[Any, Any]]":
    """The fields of a row that can hold what somebody wrote: found, not listed."""
    for field in row._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.choices:
            continue
        if isinstance(field, JSONField) or _is_wide_text(field):
            yield field


def _is_wide_text(field: "Field[Any, Any]") -> bool:
    wide = field.max_length is None or field.max_length >= 10
    return isinstance(field, CharField | TextField) and not field.unique and wide


TECHNICAL = {"sha", "token", "kind", "option", "tab", "currency", "language", "subject", "password"}


def plant(row: Model) -> int:
    """Put the canary into every such field of a row."""
    changes: dict[str, Any] = {}
    for field in texts_of(row):
        if field.name in TECHNICAL:
            continue
        value = field.value_from_object(row)
        if isinstance(field, JSONField):
            if isinstance(value, dict):
                changes[field.name] = {**value, "canary": CANARY}
        elif "email" in field.name:
            continue  # by it the person is found; looked for by itself, below
        else:
            changes[field.name] = CANARY
    if changes:
        type(row)._default_manager.filter(pk=row.pk).update(**changes)
    return len(changes)


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


def kept(label: str, field: str) -> bool:
    """Whether it is declared that this stays."""
    if label == "orders.order":
        return field in erasing.KEPT_OF_ORDERS
    if label in erasing.KEPT_WITH_ORDERS | erasing.KEPT_BOOKS:
        return True
    return (label, field) == ("wizard.design", "state")


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


def test_a_canary_in_every_field_is_gone(client: Client) -> None:
    order, _design = whole_life(client)
    close(order)
    user = User.objects.get(email=ANA)
    planted = [plant(row) for row in rows_of(person_of(user))]
    assert sum(planted) > 25
    assert len(holders(CANARY)) > 15
    erase(confirmed(client))
    left = {(label, field) for label, field in holders(CANARY) if not kept(label, field)}
    assert left == set()
    post_mails()
    assert holders(ANA) == set()
    assert not User.objects.filter(pk=user.pk).exists()


def test_orders_stay_lawful(client: Client) -> None:
    order, _design = whole_life(client)
    close(order)
    before = {
        name: getattr(order, name) for name in (*erasing.KEPT_OF_ORDERS, "total", "net", "tax")
    }
    before["state"] = "shipped"
    papers = list(order.papers.values_list("sha", flat=True))
    address = f"/o/{order.token}/"
    erase(confirmed(client))
    order.refresh_from_db()
    assert {name: getattr(order, name) for name in before} == before
    assert order.lines.get().specification.content["texts"]
    assert list(order.papers.values_list("sha", flat=True)) == papers
    assert (order.email, order.note, order.browser, order.customer) == ("", "", "", None)
    assert Client().get(address).status_code == 404


def test_an_order_under_way_is_finished_first(client: Client) -> None:
    order, _design = whole_life(client)
    erase(confirmed(client))
    order.refresh_from_db()
    assert order.email == "zofia@example.com"
    perform(erasing.CLOSE)  # not yet
    close(order)
    perform(erasing.CLOSE)
    order.refresh_from_db()
    assert order.email == ""


def test_pictures_that_nobody_else_uses_are_deleted(client: Client) -> None:
    mine, friends = ("a" * 64), ("b" * 64)
    for sha in (mine, friends):
        Artwork.objects.create(sha=sha, width=1, height=1, media_type="image/png", size=1)
        path = artwork_path(sha)
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (1, 1)).save(path, "PNG")
    design, other = design_begun(client), design_begun(Client())
    files = {"a": mine, "b": friends}
    Design.objects.filter(pk=design.pk).update(state={**design.state, "files": files})
    Design.objects.filter(pk=other.pk).update(state={**other.state, "files": {"b": friends}})
    sign_up(client)
    client.post("/account/data/export/")
    assert f"artwork/{mine[:16]}.png" in archive(client).namelist()
    erase(confirmed(client))
    assert not artwork_path(mine).exists()
    assert artwork_path(friends).exists()
    assert list(Artwork.objects.values_list("pk", flat=True)) == [friends]


def test_a_friends_design_stays_the_friends(client: Client) -> None:
    design = design_begun(client)
    sign_up(client)
    friend = Client()
    friend.get(f"/d/{design.pk}/")
    sign_up(friend, "bo@example.com")
    erase(confirmed(client))
    assert str(design.pk) in friend.get("/account/designs/").content.decode()


def test_every_browser_is_signed_out(client: Client) -> None:
    whole_life(client)
    other = confirmed(client)
    erase(confirmed(client))
    for browser in (client, other):
        assert "Signed in as" not in browser.get("/account/").content.decode()
        assert browser.get("/account/addresses/").status_code == 302


def test_one_confirms_who_one_is_and_that_one_means_it(client: Client) -> None:
    whole_life(client)
    unsure = confirmed(client).post("/account/data/erase/", {})
    assert unsure.status_code == 422
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert "/account/confirm" in client.get("/account/data/erase/").headers["Location"]
    assert not Job.objects.filter(kind=erasing.ERASE).exists()


def test_staff_are_not_erased_by_themselves(client: Client) -> None:
    client.force_login(User.objects.create_user("lead", is_staff=True))
    assert client.post("/account/data/erase/", {"sure": "1"}).status_code in (302, 403, 404)
    assert not DataRequest.objects.exists()


# Guests


def proof_of(email: str, browser: Client) -> str:
    browser.post("/account/data/", {"email": email})
    sent = [each for each in post_mails() if each.to == [email]]
    return str(sent[-1].body.split("/account/data/mailed/")[1].split("/")[0])


def test_a_guest_shows_by_a_mail_whose_data_it_is(client: Client) -> None:
    order = order_in(client)
    close(order)
    proof = proof_of(order.email, Client())
    page = client.get(f"/account/data/mailed/{proof}/").content.decode()
    assert order.email in page
    client.post("/account/data/export/", {"proof": proof})
    assert order.number in archive(client).read("data.json").decode()
    client.post("/account/data/erase/", {"proof": proof, "sure": "1"})
    perform(erasing.ERASE)
    post_mails()
    assert holders(order.email) == set()
    assert mail.outbox[-1].to == [order.email]


def test_without_the_proof_nothing_is_told_or_done(client: Client) -> None:
    order = order_in(Client())
    for proof in ("", "x", "x:y:z", proof_of(order.email, Client())[:-1] + "_"):
        data = {"proof": proof, "sure": "1"}
        assert client.post("/account/data/export/", data).status_code == 410
        assert client.post("/account/data/erase/", data).status_code == 410
    assert not DataRequest.objects.exists()


def test_a_proof_ends_after_an_hour(client: Client, monkeypatch: Any) -> None:
    order = order_in(Client())
    proof = proof_of(order.email, Client())
    monkeypatch.setattr("accounts.views.data.HOUR", -1)
    assert client.get(f"/account/data/mailed/{proof}/").status_code == 410


def test_a_mailbox_is_not_filled(client: Client) -> None:
    answers = [Client().post("/account/data/", {"email": "x@example.com"}) for _n in range(6)]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429
    assert OutgoingMail.objects.count() == 4


# Addresses


def test_addresses_are_kept_and_begin_the_order(client: Client) -> None:
    sign_up(client)
    client.post("/account/addresses/add/", ADDRESS)
    client.post(
        "/account/addresses/add/",
        {**ADDRESS, "street": "Calle 8", "country": "ES", "postal_code": "28001"},
    )
    first, second = Address.objects.order_by("pk")
    assert (first.standard, second.standard) == (True, False)
    client.post(f"/account/addresses/{second.pk}/standard/")
    from tests.orders import kit

    page = client.get(f"/d/{kit.whole_design().pk}/review/").content.decode()
    assert 'value="Calle 8"' in page
    assert f'value="{ANA}"' in page
    assert '<option value="ES" selected>' in page
    client.post(f"/account/addresses/{second.pk}/remove/")
    first.refresh_from_db()
    assert first.standard


def test_another_address_is_taken_over_without_losing_what_was_entered(client: Client) -> None:
    sign_up(client)
    for street in ("Ulica 7", "Ulica 9"):
        client.post("/account/addresses/add/", {**ADDRESS, "street": street})
    from tests.orders import kit

    design = kit.whole_design()
    other = Address.objects.get(street="Ulica 9")
    data = kit.form_of(design, note="Ring twice", quantity=2, fill=f"a{other.pk}")
    page = client.post(kit.place_url(design.pk), data).content.decode()
    assert 'value="Ulica 9"' in page
    assert "Ring twice" in page
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "12"), ("postal_code", "1"), ("country", "XX"), ("street", "a\nb"), ("city", "")],
)
def test_a_wrong_address_is_told_at_the_field(client: Client, field: str, value: str) -> None:
    sign_up(client)
    answer = client.post("/account/addresses/add/", {**ADDRESS, field: value})
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert not Address.objects.exists()


@pytest.mark.parametrize("act", ["", "standard/", "remove/"])
def test_anothers_address_is_not_found(client: Client, act: str) -> None:
    sign_up(client)
    client.post("/account/addresses/add/", ADDRESS)
    other = Client()
    sign_up(other, "bo@example.com")
    url = f"/account/addresses/{Address.objects.get().pk}/{act}"
    assert other.post(url, ADDRESS).status_code == 404
