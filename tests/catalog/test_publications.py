"""Publishing as durable work: asked for once, checked by a worker, decided, live exactly once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from configurator.catalog import gate, publications
from configurator.catalog.gate import Kind, OpenDesign
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import (
    Choice,
    DesignCase,
    Option,
    Product,
    Publication,
    Release,
    Rule,
)
from configurator.catalog.publications import NotOpen, begin, begin_again, cancel, confirm
from configurator.catalog.publishing import PublishRefused
from configurator.catalog.wording import told
from configurator.wizard import services as wizard
from orders import jobs
from orders.models import Job
from tests.catalog.kit import STOOL, chosen
from tests.rows import written_once
from tests.work import work_off

pytestmark = pytest.mark.django_db
State = Publication.State


def import_stool() -> None:
    import_product(file=STOOL)


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    return Product.objects.get()


def dearer() -> None:
    Choice.objects.filter(code="oak").update(price="26")


def renamed() -> None:
    """Something that changes no design."""
    Choice.objects.filter(code="oak").update(name_en="Old oak")


def page_of(asked: Publication) -> str:
    return reverse("admin:catalog_publication_change", args=[asked.pk])


def state_of(asked: Publication) -> str:
    return Publication.objects.values_list("state", flat=True).get(pk=asked.pk)


def test_what_changes_no_design_goes_live_by_itself(stool: Product) -> None:
    renamed()
    asked = begin(product=stool, by="anna", notes="Names")
    assert Release.objects.get(live=True).number == 1
    work_off()
    live = Release.objects.get(live=True)
    assert (live.number, live.published_by, live.notes) == (2, "anna", "Names")
    assert state_of(asked) == State.LIVE


def test_what_changes_a_price_waits_for_an_answer(stool: Product) -> None:
    dearer()
    asked = begin(product=stool, by="anna")
    work_off()
    asked.refresh_from_db()
    assert (asked.state, Release.objects.count()) == (State.ASKING, 1)
    sample = asked.results["sample"]
    assert (sample["least"], sample["most"]) == ("1.00", "1.00")
    assert 0 < sample["price"] < sample["total"]
    assert sample["covered"] == sample["pairs"]
    confirm(publication_id=asked.pk, by="bob")
    work_off()
    assert Release.objects.get(live=True).number == 2
    with pytest.raises(NotOpen):
        confirm(publication_id=asked.pk, by="bob")


def test_a_second_press_shows_the_running_one(stool: Product, admin_client: Client) -> None:
    dearer()
    address = reverse("admin:catalog_product_publish", args=[stool.pk])
    first, second = (admin_client.post(address)["Location"] for _ in range(2))
    assert first == second
    assert Job.objects.filter(kind=publications.CHECK).count() == 1
    page = admin_client.get(first).content.decode()
    assert "It is being checked" in page
    assert 'http-equiv="refresh"' in page  # without scripts
    part = admin_client.get(first, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<div")
    assert 'hx-trigger="load delay:1s"' in part


def test_a_check_that_died_is_replaced(stool: Product) -> None:
    first = begin(product=stool, by="anna")
    Publication.objects.update(stage_at=timezone.now() - publications.STALE - timedelta(seconds=1))
    second = begin(product=stool, by="bob")
    assert second.pk != first.pk
    assert state_of(first) == State.CANCELED


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    stool: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the work and before its row was written; then delivered three times."""
    renamed()
    asked = begin(product=stool, by="anna")
    job = Job.objects.get(kind=publications.CHECK)
    publications.check(asked.pk)  # of which nothing came
    Job.objects.update(attempts=1, leased_until=None, running_until=timezone.now())
    assert state_of(asked) == State.CHECKING
    found = publications.check(asked.pk)
    work_off()
    publications.finish(asked.pk, found)  # the first worker wakes up
    jobs.perform(job.pk, lambda job: publications.finish(UUID(job.payload["publication"]), found))
    assert Release.objects.count() == 2


def test_what_is_seen_at_once_is_refused_at_once(stool: Product, admin_client: Client) -> None:
    Rule.objects.create(product=stool, code="bad", text="wod = oak")
    page = admin_client.post(reverse("admin:catalog_product_publish", args=[stool.pk]))
    assert page.status_code == 422
    assert "Did you mean “wood”?" in page.content.decode()
    assert not Publication.objects.exists()


def test_a_scheduled_release_goes_live_at_its_moment(stool: Product, time_machine: Any) -> None:
    renamed()
    moment = timezone.now() + timedelta(days=2)
    asked = begin(product=stool, by="anna", goes_live_at=moment)
    work_off()
    assert state_of(asked) == State.SCHEDULED
    Choice.objects.filter(code="pine").update(name_en="Meanwhile")
    time_machine.move_to(moment - timedelta(minutes=1))
    assert work_off() == 0
    time_machine.move_to(moment + timedelta(seconds=1))
    assert work_off() == 1
    live = Release.objects.get(live=True)
    assert live.number == 2
    assert "Old oak" in str(live.content)
    assert "Meanwhile" not in str(live.content)  # what was scheduled is what was checked


def test_a_scheduled_release_is_moved_and_canceled(stool: Product, time_machine: Any) -> None:
    renamed()
    now = timezone.now()
    asked = begin(product=stool, by="anna", goes_live_at=now + timedelta(hours=1))
    work_off()
    confirm(publication_id=asked.pk, by="bob", at=now + timedelta(hours=3))
    time_machine.move_to(now + timedelta(hours=2))
    work_off()
    assert Release.objects.get(live=True).number == 1
    cancel(publication_id=asked.pk, by="bob")
    time_machine.move_to(now + timedelta(hours=4))
    work_off()
    assert (Release.objects.count(), state_of(asked)) == (1, State.CANCELED)


def test_the_moment_is_checked_at_its_field(stool: Product, admin_client: Client) -> None:
    dearer()
    asked = begin(product=stool, by="anna")
    work_off()
    decide = page_of(asked).replace("/change/", "/decide/")
    for at, reason in (
        ("", "Choose the day and the time."),
        ("2020-01-01T10:00", "This moment is over."),
        ("soon", "Enter a valid date/time."),
    ):
        page = admin_client.post(decide, {"do": "later", "at": at})
        assert page.status_code == 422
        assert reason in page.content.decode()
    later = timezone.localtime() + timedelta(days=1)
    data = {"do": "later", "at": later.strftime("%Y-%m-%dT%H:%M")}
    assert "It goes live on" in admin_client.post(decide, data, follow=True).content.decode()
    assert state_of(asked) == State.SCHEDULED


def test_a_moment_may_be_chosen_at_once(stool: Product, admin_client: Client) -> None:
    renamed()
    publish = reverse("admin:catalog_product_publish", args=[stool.pk])
    late = admin_client.post(publish, {"notes": "Spring", "at": "2020-01-01T10:00"})
    assert late.status_code == 422
    assert "This moment is over." in late.content.decode()
    assert "Spring" in late.content.decode()
    later = timezone.localtime() + timedelta(days=1)
    page = admin_client.post(publish, {"at": later.strftime("%Y-%m-%dT%H:%M")})["Location"]
    work_off()
    assert Publication.objects.get().state == State.SCHEDULED
    assert "It is in order and goes live on" in admin_client.get(page).content.decode()
    assert "A publication is scheduled for" in admin_client.get(publish).content.decode()


def planted(product: Product) -> Publication:
    """A checked publication, against which a test case is written afterwards."""
    renamed()
    asked = begin(product=product, by="anna", goes_live_at=timezone.now() + timedelta(hours=1))
    work_off()
    choices = chosen().to_json()["choices"]
    DesignCase.objects.create(product=product, name="Cheap", choices=choices, price="1.00")
    return asked


def test_a_scheduled_release_is_refused_against_newer_test_cases(
    stool: Product, time_machine: Any
) -> None:
    asked = planted(stool)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    work_off()
    asked.refresh_from_db()
    assert asked.state == State.REFUSED
    assert "“Cheap” fails" in told(asked.problems[0]["message"])
    assert Release.objects.get().live


def test_no_release_comes_back_against_newer_test_cases(stool: Product) -> None:
    renamed()
    begin(product=stool, by="anna")
    work_off()
    choices = chosen().to_json()["choices"]
    DesignCase.objects.create(product=stool, name="Cheap", choices=choices, price="1.00")
    asked = begin_again(release_id=Release.objects.get(number=1).pk, by="anna")
    work_off()
    assert state_of(asked) == State.REFUSED
    assert Release.objects.get(live=True).number == 2


def test_a_release_comes_back_without_a_question(stool: Product) -> None:
    dearer()
    asked = begin(product=stool, by="anna")
    work_off()
    confirm(publication_id=asked.pk, by="anna")
    work_off()
    asked = begin_again(release_id=Release.objects.get(number=1).pk, by="bob")
    work_off()
    asked.refresh_from_db()
    assert asked.state == State.LIVE
    assert Release.objects.get(live=True).number == 1
    assert asked.results["sample"]["price"] > 0  # told, all the same


def test_a_bad_draft_is_refused_at_once(stool: Product) -> None:
    Rule.objects.create(product=stool, code="bad", text="wod = oak")
    with pytest.raises(PublishRefused):
        begin(product=stool, by="anna")


def open_stool(**choices: Any) -> str:
    design = wizard.start_design(slug="stool", language="en")
    for option, value in choices.items():
        edit = wizard.Edit(design.pk, design.revision)
        design = wizard.choose(edit=edit, option=option, value=value).design
    return str(design.pk)


def test_open_designs_are_counted_and_listed(stool: Product, admin_client: Client) -> None:
    breaks = open_stool(wood="pine", height=600)
    stays = open_stool(height=500)
    Choice.objects.filter(code="pine").delete()
    Rule.objects.filter(code="brass-is-for-oak").delete()
    asked = begin(product=stool, by="anna")
    work_off()
    asked.refresh_from_db()
    assert asked.results["designs"]["total"] == 2
    assert asked.results["designs"]["breaks"] == 1
    page = admin_client.get(page_of(asked), {"kind": "designs", "effect": "breaks"})
    html = page.content.decode()
    assert f"/d/{breaks}/" in html
    assert f"/d/{stays}/" not in html
    assert "Wood: Pine → <strong>Oak</strong>" in html
    none = admin_client.get(page_of(asked), {"kind": "designs", "effect": "parts"})
    assert "None of these." in none.content.decode()


def test_what_is_canceled_while_it_is_checked_goes_nowhere(stool: Product) -> None:
    renamed()
    asked = begin(product=stool, by="anna")
    found = publications.check(asked.pk)
    cancel(publication_id=asked.pk, by="bob")
    publications.finish(asked.pk, found)
    work_off()
    assert (state_of(asked), Release.objects.count()) == (State.CANCELED, 1)


def test_a_check_that_always_fails_is_refused_in_the_end(
    stool: Product, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.JOB_MAX_ATTEMPTS = 2

    def broken(**_arguments: Any) -> None:
        raise KeyError("steps")

    monkeypatch.setattr(publications, "prepare", broken)
    renamed()
    asked = begin(product=stool, by="anna")
    work_off()
    assert state_of(asked) == State.CHECKING  # to be tried again
    Job.objects.update(due_at=timezone.now())
    work_off()
    asked.refresh_from_db()
    assert asked.state == State.REFUSED
    assert "It could not be checked: KeyError" in asked.problems[0]["message"]
    assert Release.objects.count() == 1


def test_a_silent_check_says_how_to_go_on(stool: Product, admin_client: Client) -> None:
    asked = begin(product=stool, by="anna")
    words = "Publish again to begin anew"
    assert words not in admin_client.get(page_of(asked)).content.decode()
    Publication.objects.update(stage_at=timezone.now() - publications.STALE * 2)
    assert words in admin_client.get(page_of(asked)).content.decode()


def test_another_kind_of_design_joins_the_gate(
    stool: Product, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quote, an entry of a gallery: whatever a room above registers."""
    monkeypatch.setattr(gate, "_kinds", dict(gate._kinds))
    release = Release.objects.get()
    quote = OpenDesign(
        key="q1",
        release_id=release.pk,
        state={"choices": {"height": 800}},
        label="Quote 17",
        url="/quotes/17/",
        at=timezone.now(),
    )
    gate.register(Kind("quotes", "Quotes", lambda _product: [quote], lambda _product: 1))
    Option.objects.filter(code="height").update(maximum=700)
    asked = begin(product=stool, by="anna")
    work_off()
    page = admin_client.get(page_of(asked), {"kind": "quotes"}).content.decode()
    assert "Quotes: 1 of 1 would break." in page
    assert '<a href="/quotes/17/">Quote 17</a>' in page
    assert "Height: 800 mm → <strong>700 mm</strong>" in page
