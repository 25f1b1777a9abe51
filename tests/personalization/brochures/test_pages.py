"""The marketer's pages, a run's files, and where a card leads."""

import csv
import hashlib
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from personalization.brochures.models import Brochure, Run
from personalization.people import consent
from personalization.segments import services as segments
from personalization.segments.models import Segment
from tests.personalization.brochures.conftest import BROCHURES, customer, with_design
from tests.work import work_off

pytestmark = pytest.mark.django_db
URL = "/marketing/brochures/"


@pytest.fixture
def browser(lamp: None, marketer: User) -> Client:
    client = Client()
    client.force_login(marketer)
    return client


def begun(browser: Client, **given: str) -> Run:
    form = {"title": "Winter", "audience": "everybody", "sheet": "A4", **given}
    answer = browser.post(URL, form)
    assert answer.status_code == 302, answer.context["form"].errors
    work_off("render")
    return Run.objects.get()


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_run_from_the_form_to_the_press(browser: Client) -> None:
    people = [customer("Ana"), with_design(customer("Eva"))]
    run = begun(browser)
    page = f"{URL}{run.key}/"
    shown = browser.get(page).content.decode()
    assert "2 of 2" in shown
    assert "Sheets for the press" in shown
    fragment = browser.get(page, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<div")
    assert "hx-get" not in fragment
    sheets = browser.get(f"{page}sheets.pdf")
    assert body(sheets).startswith(b"%PDF-")
    assert "no-store" in sheets["Cache-Control"]
    archive = zipfile.ZipFile(BytesIO(body(browser.get(f"{page}brochures.zip"))))
    assert archive.testzip() is None
    rows = list(csv.DictReader(StringIO(archive.read("manifest.csv").decode())))
    assert body(browser.get(f"{page}manifest.csv")) == archive.read("manifest.csv")
    assert [row["person"] for row in rows] == [str(person.key) for person in people]
    for row in rows:
        assert hashlib.sha256(archive.read(row["file"])).hexdigest() == row["sha256"]
    assert "Ana" not in archive.read("manifest.csv").decode()
    assert body(browser.get(f"{page}1.pdf")) == archive.read(rows[0]["file"])


def test_a_list_of_ones_own(browser: Client) -> None:
    people = [customer("Ana"), customer("Eva"), customer("Ida", allows=False)]
    keys = "\n".join([str(people[1].key), people[2].key.hex, "nonsense", "0" * 32])
    run = begun(browser, audience="pasted", keys=keys)
    assert [row.person for row in run.brochures.all()] == [people[1]]


def test_a_segment(browser: Client) -> None:
    ana = customer("Ana")
    segment = Segment.objects.create(slug="friends", name="Friends", kind=Segment.Kind.LIST)
    segments.put(segment=segment, persons=[ana, customer("Ida", allows=False)])
    customer("Eva")
    run = begun(browser, audience="segment-friends")
    assert [row.person for row in run.brochures.all()] == [ana]


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"title": ""}, "title", "required"),
        ({"audience": "none"}, "audience", "valid choice"),
        ({"audience": "everybody"}, "audience", "Nobody of them"),
        ({"audience": "pasted", "keys": "x"}, "keys", "Nobody of them"),
        ({"sheet": "A0"}, "sheet", "valid choice"),
        ({"promotion": "17"}, "promotion", "valid choice"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    browser: Client, given: dict[str, str], field: str, told: str
) -> None:
    form = {"title": "My winter", "audience": "everybody", "sheet": "A4", **given}
    answer = browser.post(URL, form)
    assert answer.status_code == 422
    assert told in answer.context["form"].errors[field][0]
    assert not Run.objects.exists()


def test_one_is_looked_at_before_and_nothing_is_left_of_it(browser: Client) -> None:
    person, other = with_design(customer("Ana")), customer("Eva", allows=False)
    assert str(person.key) in browser.get(f"{URL}look/").content.decode()
    for side in (1, 2):
        picture = browser.get(f"{URL}look/{person.key}/{side}.png")
        assert picture.content.startswith(b"\x89PNG")
    assert browser.get(f"{URL}look/{person.key}/3.png").status_code == 404
    assert browser.get(f"{URL}look/{other.key}/1.png").status_code == 404
    assert not Brochure.objects.exists()
    assert not person.user.owned_designs.get().design.shares.exists()  # type: ignore[union-attr]


def test_moves(browser: Client) -> None:
    customer("Ana")
    run = begun(browser)
    page = f"{URL}{run.key}/"
    for move, state in (("pause", "ready"), ("lay", "laying"), ("cancel", "canceled")):
        assert browser.post(f"{page}{move}/do/").status_code == 302
        run.refresh_from_db()
        assert run.state == state
    assert browser.post(f"{page}explode/do/").status_code == 404
    assert browser.get(f"{page}sheets.pdf").status_code == 404
    assert "canceled" in browser.get(page).content.decode().lower()


def test_no_file_is_handed_over_of_who_has_withdrawn(browser: Client) -> None:
    person = customer("Ana")
    customer("Eva")
    run = begun(browser)
    consent.withdraw(person=person, **BROCHURES, where="/you/")
    page = f"{URL}{run.key}/"
    assert browser.get(f"{page}sheets.pdf").status_code == 410
    assert browser.get(f"{page}1.pdf").status_code == 410
    archive = zipfile.ZipFile(BytesIO(body(browser.get(f"{page}brochures.zip"))))
    assert archive.namelist() == ["manifest.csv", f"{run}-00002.pdf"]
    assert "has withdrawn" in browser.get(page).content.decode()


# The card


@pytest.fixture
def card(browser: Client) -> Brochure:
    with_design(customer("Ana"))
    return begun(browser).brochures.get()


def test_a_card_opens_the_design_to_look_at(client: Client, card: Brochure) -> None:
    answer = client.get(f"/b/{card.token}/")
    assert card.share is not None
    assert answer["Location"] == f"/s/{card.share.token}/"
    assert client.get(answer["Location"]).status_code == 200
    card.refresh_from_db()
    assert card.opened == 1


def test_its_owner_goes_on_with_it(client: Client, card: Brochure) -> None:
    assert card.share is not None
    assert card.person.user is not None
    client.force_login(card.person.user)
    assert client.get(f"/b/{card.token}/")["Location"] == f"/d/{card.share.design_id}/"


def test_ended_it_opens_nothing(client: Client, browser: Client, card: Brochure) -> None:
    browser.post(f"{URL}{card.run.key}/cancel/do/")
    assert client.get(f"/b/{card.token}/").status_code == 410
    assert client.get("/b/nothing/").status_code == 404
    assert client.get(f"/b/{'x' * 300}/").status_code == 404


def test_the_way_out_is_one_click_and_looking_changes_nothing(
    client: Client, card: Brochure
) -> None:
    url = f"/b/{card.token}/stop/"
    assert "from this moment" in client.get(url).content.decode()
    assert consent.allows(card.person, **BROCHURES)
    assert "nothing for you any more" in client.post(url).content.decode()
    assert not consent.allows(card.person, **BROCHURES)
    assert client.post(url).status_code == 200
