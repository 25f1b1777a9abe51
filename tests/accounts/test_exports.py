"""What is kept about somebody, as a file: all of it, and nobody else's."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from accounts import exporting
from accounts.models import DataRequest
from configurator.sharing import gallery
from orders.models import Job
from orders.quotes.models import Quote
from tests.accounts.hands import ANA, design_begun, post_mails, sign_up
from tests.accounts.keeping import archive, confirmed, erase, perform, whole_life
from tests.orders import kit

pytestmark = pytest.mark.usefixtures("folders", "lamp")


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
