"""A number is somebody's once they typed the code that was texted to it; nobody learns more."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.exporting import as_json
from accounts.person import person_of
from orders.models import Job
from personalization.messages import phones, phoning, providers, sms
from personalization.messages.models import PhoneCode
from personalization.people import consent, contacts, owned
from personalization.people.models import Contact, Person
from personalization.people.purposes import Channel, Purpose
from project.roles import make_groups
from tests.personalization.messages.conftest import NOON

ASK, CODE, AGAIN = (f"/you/messages/phone/{each}" for each in ("", "code/", "again/"))
ANA, ANAS = {"country": "ES", "number": "600 00 00 00"}, "+34600000000"
texted: list[tuple[str, str, str]] = []


class Gateway(sms.Sms):
    """Remembers what it was told to text."""

    def deliver(self, address: str, text: str, key: str) -> None:
        if address.endswith("99"):
            raise providers.NotThere
        texted.append((address, text, key))


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.MESSAGE_PROVIDERS = {"sms": f"{__name__}.Gateway"}
    texted.clear()


def work(kind: str = phoning.TEXT) -> None:
    for job in Job.objects.filter(kind=kind, state=Job.State.DUE):
        phoning.text_code(job.pk)


def code() -> str:
    work()
    [found] = re.findall(r"\b\d{6}\b", texted[-1][1].splitlines()[0])
    return str(found)


def asked(**more: Any) -> Client:
    client = Client(headers={"accept-language": "en"}, **more)
    assert client.post(ASK, ANA).status_code == 302
    return client


def holders(number: str = ANAS) -> list[int]:
    rows = Contact.objects.filter(channel=Channel.SMS, address=number, proven_at__isnull=False)
    return sorted(rows.values_list("person", flat=True))


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("600 000 000", "ES", ANAS),
        ("+34 600-000-000", "PL", ANAS),
        ("0034600000000", "PL", ANAS),
        ("(501) 234.567", "PL", "+48501234567"),
        ("٦٠٠٠٠٠٠٠٠", "ES", ANAS),
        ("202-555-0123", "US", "+12025550123"),  # there nobody can tell mobiles
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, country: str, number: str) -> None:
    assert phones.checked(text, country) == number


@pytest.mark.parametrize(
    ("text", "country", "said"),
    [
        ("600 000", "ES", "too short"),
        ("6", "ES", "too short"),
        ("+", "ES", "too short"),
        ("600000000000000", "ES", "too long"),
        ("6" * 39, "ES", "too long"),
        ("six hundred", "ES", "in digits, like +34"),
        ("600 000 000 ext. 4", "ES", "in digits"),
        ("+999 600 000 000", "ES", "No country has this code"),
        ("22 123 45 67", "PL", "landline"),
        ("803 123 456", "ES", "can’t text this number"),
        ("100 000 000", "ES", "no such mobile number"),
    ],
)
def test_other_numbers_are_refused_kindly(text: str, country: str, said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        phones.checked(text, country)


def test_a_firm_texts_to_the_countries_that_it_names_only(settings: Any) -> None:
    settings.SMS_COUNTRIES = ["PL"]
    assert [code for code, _name in phones.choices("en")] == ["PL"]
    assert phones.home("ES", "es") == "PL"
    with pytest.raises(ValidationError, match="this country"):
        phones.checked("+34600000000", "PL")


@pytest.mark.django_db
def test_a_number_is_shown_to_be_theirs_by_its_code() -> None:
    client = asked()
    page = client.get(ASK).content.decode()
    assert "+34 600 00 00 00" in page
    assert 'autocomplete="one-time-code"' in page
    assert holders() == []
    said = code()
    assert texted[0][1].endswith(f"\n@127.0.0.1 #{said}")
    assert said not in str([*PhoneCode.objects.values(), *Job.objects.values()])
    assert client.post(CODE, {"code": f"{said[:3]} {said[3:]}"}).url == "/you/"  # type: ignore[attr-defined]
    assert len(holders()) == 1
    assert "We text you at <strong>+34 600 00 00 00" in client.get("/you/").content.decode()
    assert not PhoneCode.objects.exists()
    client.post("/you/messages/phone/remove/")
    assert holders() == []


@pytest.mark.django_db
def test_a_number_that_is_wrong_is_refused_at_its_field() -> None:
    client = Client(headers={"accept-language": "en"})
    answer = client.post(ASK, {"country": "ES", "number": "600"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "too short" in page
    assert 'value="600"' in page
    assert '<option value="ES" selected>' in page
    assert not PhoneCode.objects.exists()


@pytest.mark.django_db
def test_a_code_is_tried_five_times() -> None:
    client = asked()
    right = code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    assert client.post(CODE, {"code": "12345"}).status_code == 422  # none at all: not counted
    for left in (4, 3, 2, 1):
        page = client.post(CODE, {"code": wrong})
        assert page.status_code == 422
        assert f"{left} more tr" in page.content.decode()
    assert client.post(CODE, {"code": wrong}).status_code == 302
    assert client.post(CODE, {"code": right}).status_code == 302
    assert holders() == []


@pytest.mark.django_db
def test_a_code_works_for_ten_minutes_and_is_gone_then() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = asked()
        right = code()
        clock.shift(timedelta(minutes=10, seconds=1))
        assert client.post(CODE, {"code": right}).status_code == 302
        assert holders() == []
        for job in Job.objects.filter(kind=phoning.DROP):
            phoning.drop_code(job.pk)
    assert not PhoneCode.objects.exists()


@pytest.mark.django_db
def test_a_new_code_ends_the_one_before_and_one_of_another_opens_nothing() -> None:
    client, other = asked(), asked()
    work()
    first, foreign = (re.search(r"\d{6}", each[1])[0] for each in texted)  # type: ignore[index]
    client.post(AGAIN)
    newest = code()
    for wrong in {first, foreign} - {newest}:
        assert client.post(CODE, {"code": wrong}).status_code == 422
    assert client.post(CODE, {"code": newest}).status_code == 302
    assert len(holders()) == 1
    assert other.get(ASK).status_code == 200


@pytest.mark.django_db
def test_nobody_learns_whether_a_number_is_known(person: Person) -> None:
    contacts.note(person=person, channel=Channel.SMS, address=ANAS, proven=True)
    known = asked()
    unknown = Client(headers={"accept-language": "en"})
    unknown.post(ASK, {"country": "ES", "number": "600 00 00 01"})
    pages = [
        re.sub(r'(value="[\w]{64}"|600 00 00 0\d)', "", c.get(ASK).content.decode())
        for c in (known, unknown)
    ]
    assert pages[0] == pages[1]
    assert holders() == [person.pk]
    work()
    said = next(text for to, text, _key in texted if to == ANAS)
    known.post(CODE, {"code": said[:6]})
    assert holders() != [person.pk]  # who has it now gets its texts, and is not taken for Ana
    assert len(holders()) == 1
    assert not Person.objects.exclude(into=None).exists()


@pytest.mark.django_db
def test_codes_are_not_texted_at_our_cost(settings: Any) -> None:
    client = asked()
    for _time in range(2):
        client.post(AGAIN)
    assert client.post(AGAIN).status_code == 429
    assert client.post(ASK, {**ANA, "number": "600 00 00 01"}).status_code == 429
    work()
    assert len(texted) == 1  # one that was replaced meanwhile is not texted
    for _time in range(3):
        page = asked(REMOTE_ADDR="198.51.100.7").get(ASK).content.decode()
        assert "We texted a code to" in page  # of the number nothing is told
    work()
    assert len(texted) == 1
    settings.SMS_CODES_PER_HOUR = 0
    Client(REMOTE_ADDR="198.51.100.8").post(ASK, {**ANA, "number": "600 00 00 02"})
    work()
    assert len(texted) == 1


@pytest.mark.django_db
def test_a_number_that_gets_no_texts_is_told() -> None:
    client = Client(headers={"accept-language": "en"})
    client.post(ASK, {"country": "ES", "number": "600 00 00 99"})
    work()
    assert "No text gets to +34 600 00 00 99" in client.get(ASK).content.decode()


@pytest.mark.django_db
def test_without_a_gateway_the_code_stands_on_the_console(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MESSAGE_PROVIDERS = {}
    settings.MESSAGE_PROVIDERS = {"sms": "personalization.messages.sms.Sms"}
    asked()
    work()
    assert re.search(r"SMS to \+34600000000: \d{6} is your code", capsys.readouterr().out)


@pytest.mark.django_db
def test_people_of_the_firm_give_no_number() -> None:
    make_groups()
    user = User.objects.create_user("marketer")
    user.groups.add(Group.objects.get(name="marketer"))
    client = Client()
    client.force_login(user)
    assert client.post(ASK, ANA).url == "/you/"  # type: ignore[attr-defined]
    assert not PhoneCode.objects.exists()


@pytest.mark.django_db
def test_it_goes_with_its_person_and_texts_need_a_yes_still(person: Person) -> None:
    user = User.objects.create_user("ana", email="ana@example.com")
    Person.objects.filter(pk=person.pk).update(user=user)
    client = Client()
    client.force_login(user)
    client.post(ASK, ANA)
    client.post(CODE, {"code": code()})
    assert contacts.address_of(person, Channel.SMS) == ANAS
    assert not consent.allows(person, Purpose.MARKETING, Channel.SMS)
    client.post(ASK, {**ANA, "number": "600 00 00 01"})
    told = as_json(person_of(user))
    assert ANAS in told
    assert "+34600000001" in told
    assert str(PhoneCode.objects.get().key) not in told
    owned.forget(user, ["ana@example.com"], [], [])
    assert not Contact.objects.filter(channel=Channel.SMS).exists()
    assert not PhoneCode.objects.exists()
