"""Messages as marketers and customers see them."""

from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from personalization.messages import context, deciding, explaining, limiting, services
from personalization.messages.models import Cap, Copy, Message, Verdict
from personalization.messages.own_site import own_path
from personalization.people import consent
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from project.roles import make_groups
from tests.personalization.messages.conftest import NOON

pytestmark = pytest.mark.django_db
URL = "/marketing/messages/"


@pytest.fixture
def marketer() -> Client:
    make_groups()
    user = User.objects.create_user("mia", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client = Client()
    client.force_login(user)
    return client


def said(person: Person, key: str = "hello") -> Message:
    """Something that our own pages show."""
    made = services.ask(
        key=key,
        person=person,
        purpose=Purpose.MARKETING,
        channel=Channel.SITE,
        composer="tests.hello",
    )
    Message.objects.filter(pk=made.pk).update(state=Message.State.SENT)
    Copy.objects.create(message=made, provider="kept", subject="Hi", text="<b>Oak</b>")
    Verdict.objects.create(message=made, outcome="sent", reason="allowed")
    return made


def test_the_ledger_tells_why(marketer: Client, person: Person) -> None:
    made = said(person)
    assert "hello" in marketer.get(f"{URL}?state=sent&page=x").content.decode()
    assert "hello" not in marketer.get(f"{URL}?state=waiting").content.decode()
    page = marketer.get(f"{URL}{made.pk}/").content.decode()
    assert "It was allowed" in page
    assert "&lt;b&gt;Oak" in page


def test_messages_are_found_by_what_they_are(marketer: Client, person: Person) -> None:
    other = Person.objects.create()
    said(person, "spring:1")
    said(other, "autumn:2")
    found = {
        "q=SPRING": (True, False),
        f"q={other.key}": (False, True),
        f"q={str(person.key)[:8]}": (True, False),
        "q=%00%27": (False, False),
        "channel=site&purpose=marketing": (True, True),
        "channel=mail": (False, False),
        "channel=x&state=y": (True, True),
    }
    for query, expected in found.items():
        page = marketer.get(f"{URL}?{query}").content.decode()
        assert tuple(f">{key}</a>" in page for key in ("spring:1", "autumn:2")) == expected, query


def test_a_mail_is_looked_at_where_nothing_in_it_can_act(marketer: Client, person: Person) -> None:
    made = said(person)
    Message.objects.filter(pk=made.pk).update(channel=Channel.MAIL)
    Copy.objects.filter(message=made).update(html="<p style='color:red'>Oak<script>1</script>")
    page = marketer.get(f"{URL}{made.pk}/").content.decode()
    assert f'sandbox title="The mail as it is laid out" src="{URL}{made.pk}/mail/"' in page
    mail = marketer.get(f"{URL}{made.pk}/mail/")
    assert b"Oak" in mail.content
    policy = mail["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    Copy.objects.filter(message=made).update(html="")
    assert marketer.get(f"{URL}{made.pk}/mail/").status_code == 404


@time_machine.travel(NOON, tick=False)
def test_each_reason_is_told_with_what_it_rests_on(person: Person) -> None:
    consent.grant(
        person=person, purpose=Purpose.MARKETING, channel=Channel.MAIL, where="/checkout/"
    )
    decision = consent.decision_of(person, Purpose.MARKETING, Channel.MAIL)
    assert decision is not None
    made = said(person)
    kept: list[tuple[str, str, dict[str, object], str]] = [
        ("sent", "allowed", {"decision": decision.pk, "price": "300"}, "Yes on 06/10/2026"),
        ("sent", "allowed", {}, "until somebody objects"),
        ("withheld", "no_consent", {}, "Nobody said yes"),
        ("withheld", "no_consent", {"decision": decision.pk}, "has changed since"),
        ("delayed", "quiet", {"zone": "Europe/Madrid"}, "said 2 p.m."),
        ("delayed", "cap", {"at_most": 2, "hours": 24, "counted": 2}, "At most 2 within 24 h."),
        ("withheld", "holdout", {"group": "everybody's"}, "everybody's"),
    ]
    for outcome, reason, details, words in kept:
        row = Verdict(message=made, outcome=outcome, reason=reason, details=details)
        with override("en"):
            [told] = explaining.explain([row])
        assert words in " ".join(told.because)
        assert told.facts == ((("price", "300"),) if "price" in details else ())


def test_limits_and_quiet_hours_are_set_and_bad_ones_refused(marketer: Client) -> None:
    Cap.objects.all().delete()
    for count in ("2", "3"):  # the later counts
        asked = {"count": count, "hours": "24", "purpose": ""}
        assert marketer.post(f"{URL}limit/", asked).status_code == 302
    cap = Cap.objects.get()
    assert cap.count == 3
    wrong = marketer.post(f"{URL}limit/", {"count": "-1", "hours": "0", "purpose": "orders"})
    assert wrong.status_code == 422
    assert marketer.post(f"{URL}limit/{cap.pk}/remove/").status_code == 302
    assert not Cap.objects.exists()
    assert marketer.post(f"{URL}quiet/", {"starts": "22:00", "ends": "07:30"}).status_code == 302
    assert [f"{each:%H:%M}" for each in deciding.quiet_hours()] == ["22:00", "07:30"]
    assert marketer.post(f"{URL}quiet/", {"starts": "25:00", "ends": ""}).status_code == 422


def test_a_new_shop_has_limits_and_keeps_what_marketers_make_of_them(person: Person) -> None:
    limiting.begin()
    assert set(Cap.objects.values_list("hours", "count")) == {(24, 1), (168, 3)}
    Cap.objects.filter(hours=24).delete()
    limiting.begin()
    assert Cap.objects.count() == 1
    Cap.objects.all().delete()
    said(person)
    limiting.begin()
    assert not Cap.objects.exists()


def test_customers_see_why_and_put_away_their_own_only(client: Client, person: Person) -> None:
    user = User.objects.create_user("ana")
    Person.objects.filter(pk=person.pk).update(user=user)
    client.force_login(user)
    mine, foreign = said(person), said(Person.objects.create(), "foreign")
    page = client.get("/you/messages/", headers={"accept-language": "en"})
    assert "no-store" in page["Cache-Control"]
    assert page.content.decode().count("put-away") == 1
    assert client.post(f"/you/messages/{foreign.pk}/put-away/").status_code == 404
    assert client.post(f"/you/messages/{mine.pk}/put-away/").status_code == 302
    mine.refresh_from_db()
    assert mine.seen_at is not None
    assert "put-away" not in client.get("/you/messages/").content.decode()


def site_message(person: Person, key: str, url: str, **more: object) -> Message:
    made = said(person, key)
    Message.objects.filter(pk=made.pk).update(**more)
    Copy.objects.filter(message=made).update(url=url)
    return made


def test_pages_tell_one_message_until_it_is_put_away(client: Client, person: Person) -> None:
    user = User.objects.create_user("ana")
    Person.objects.filter(pk=person.pk).update(user=user)
    client.force_login(user)
    site_message(person, "small", "")
    great = site_message(person, "great", "/gallery/", priority=3)
    page = client.get("/terms/", headers={"accept-language": "en"}).content.decode()
    assert page.count('class="told"') == 1
    assert "&lt;b&gt;Oak" in page
    assert 'href="/gallery/"' in page
    assert f"/you/messages/#message-{great.pk}" in page
    away = f"/you/messages/{great.pk}/put-away/"
    assert client.post(away, {"next": "/terms/?a=1"})["Location"] == "/terms/?a=1"
    for foreign in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        assert client.post(away, {"next": foreign})["Location"] == "/you/messages/"
    assert client.post(away, headers={"hx-request": "true"}).content == b""
    assert f"#message-{great.pk}" not in client.get("/terms/").content.decode()


def test_who_objects_is_shown_nothing_of_it_any_more(client: Client, person: Person) -> None:
    user = User.objects.create_user("ana")
    Person.objects.filter(pk=person.pk).update(user=user)
    client.force_login(user)
    site_message(person, "hello", "/gallery/")
    assert 'class="told"' in client.get("/terms/").content.decode()
    consent.withdraw(person=person, purpose=Purpose.MARKETING, channel=Channel.SITE, where="/you/")
    assert 'class="told"' not in client.get("/terms/").content.decode()


def test_a_page_asks_nothing_for_a_visitor_without_a_session(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = client.get("/terms/").wsgi_request
    with django_assert_num_queries(0):
        assert not context.told(request)["told_here"]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/gallery/?a=1#b", "/gallery/?a=1#b"),
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("javascript:alert(1)", ""),
        ("gallery/", ""),
        ("", ""),
        ("/" + "x" * 600, ""),
    ],
)
def test_messages_lead_to_our_own_pages_only(url: str, path: str) -> None:
    assert own_path(url) == path


def test_the_site_is_ours(settings: Any) -> None:
    settings.SITE_URL = "https://shop.example"
    assert own_path("https://shop.example/d/1/") == "/d/1/"
    assert own_path("https://shop.example.evil/d/1/") == ""
