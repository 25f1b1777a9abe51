"""What is told is kept, gives a code once, and is gone with its effects when it is taken back."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from django.test import Client

from orders.promo.models import PromoCode, Promotion
from personalization.people import consent, contacts, profiles, receipts, wordings
from personalization.people.exchanges import Effect, Exchange, Given, Question
from personalization.people.models import Person, Statement

pytestmark = pytest.mark.django_db
ANSWERS = {"height": "182,5", "fit": "loose"}


@pytest.fixture
def size() -> Exchange:
    promotion = Promotion.objects.create(name="Fit", kind="percent", percent=5)
    made = Exchange.objects.create(code="size", name="Your size", text="So it fits.")
    Exchange.objects.filter(pk=made.pk).update(promotion=promotion)
    Question.objects.create(
        exchange=made, code="height", label="Height", unit="cm", low=120, high=220
    )
    Question.objects.create(
        exchange=made, code="fit", label="Fit", kind="choice", choices="loose\ntight"
    )
    return Exchange.objects.get()


@pytest.fixture
def person() -> Person:
    made = Person.objects.create()
    contacts.note(person=made, channel="mail", address="ana@example.com", proven=True)
    return made


def test_it_gives_one_code_however_often_it_is_sent(person: Person, size: Exchange) -> None:
    first = receipts.give(person=person, exchange=size, answers=ANSWERS)
    again = receipts.give(person=person, exchange=size, answers={**ANSWERS, "fit": "tight"})
    assert first == again
    code = PromoCode.objects.get()
    assert (first.code, code.limit, code.promotion.name) == (code, 1, "Fit")
    facts = profiles.facts_of(person)
    assert (facts["height"].value, facts["fit"].value) == (182.5, "tight")
    assert (facts["height"].kind, facts["height"].source) == ("stated", "exchange size")


def test_taken_back_nothing_of_it_is_left(person: Person, size: Exchange) -> None:
    receipts.give(person=person, exchange=size, answers=ANSWERS)
    receipts.changed(person=person, fact="height", what="recommendation")
    receipts.changed(person=person, fact="height", what="recommendation")
    (receipt,) = receipts.receipts_of(person)
    assert receipt.told == (("Fit", "loose"), ("Height", "182.5 cm"))
    assert receipt.changed == (("recommendations", 2),)
    assert receipt.state == "ready"
    assert receipts.take_back(person=person, exchange=size)
    assert not receipts.take_back(person=person, exchange=size)
    assert PromoCode.objects.get().limit == 0
    assert not Statement.objects.exists()
    assert not Effect.objects.exists()
    assert "height" not in profiles.facts_of(person)
    receipts.changed(person=person, fact="height", what="recommendation")
    assert not Effect.objects.exists()


def test_who_allows_the_purpose_no_more_takes_back_what_was_told_for_it(
    person: Person, size: Exchange
) -> None:
    receipts.give(person=person, exchange=size, answers=ANSWERS)
    consent.withdraw(person=person, purpose="research", channel="site", where="/you/")
    assert Statement.objects.count() == 2
    consent.withdraw(person=person, purpose="recommendations", channel="site", where="/you/")
    assert not Statement.objects.exists()
    assert PromoCode.objects.get().limit == 0
    assert "height" not in profiles.facts_of(person)


def test_one_channel_of_several_taken_back_leaves_what_was_told(
    person: Person, size: Exchange
) -> None:
    Exchange.objects.update(purpose="marketing")
    size.refresh_from_db()
    receipts.give(person=person, exchange=size, answers=ANSWERS)
    consent.withdraw(person=person, purpose="marketing", channel="mail", where="/you/")
    assert Statement.objects.count() == 2  # on our pages it is allowed still
    consent.withdraw(person=person, purpose="marketing", channel="site", where="/you/")
    assert not Statement.objects.exists()


def test_what_is_asked_no_more_is_taken_back_too(person: Person, size: Exchange) -> None:
    receipts.give(person=person, exchange=size, answers=ANSWERS)
    Question.objects.filter(code="fit").delete()
    assert receipts.take_back(person=person, exchange=size)
    assert not Statement.objects.exists()


def test_a_used_code_stays_used_and_is_not_given_twice(person: Person, size: Exchange) -> None:
    receipts.give(person=person, exchange=size, answers=ANSWERS)
    PromoCode.objects.update(used=F("used") + 1)
    receipts.take_back(person=person, exchange=size)
    assert PromoCode.objects.get().limit == 1
    assert receipts.give(person=person, exchange=size, answers=ANSWERS).code is None
    assert PromoCode.objects.count() == 1


def test_without_an_address_there_is_no_code(size: Exchange) -> None:
    with pytest.raises(receipts.NotReached):
        receipts.give(person=Person.objects.create(), exchange=size, answers=ANSWERS)
    assert not Given.objects.exists()


def test_without_a_yes_to_what_it_is_for_nothing_is_kept(client: Client, size: Exchange) -> None:
    client.post("/you/decide/", {"allow": ["marketing:mail"]})
    me = Person.objects.get()
    contacts.note(person=me, channel="mail", address="ana@example.com", proven=True)
    answer = client.post("/you/exchange/size/", ANSWERS)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "it takes your yes" in page
    assert 'value="182,5"' in page  # nothing of what they wrote is lost
    assert not Statement.objects.exists()
    assert not Given.objects.exists()
    assert not PromoCode.objects.exists()


@pytest.mark.parametrize(("read", "kept"), [("now", True), ("0", False), ("", False)])
def test_one_click_allows_it_and_tells(
    client: Client, size: Exchange, read: str, kept: bool
) -> None:
    client.post("/you/decide/", {"allow": ["marketing:mail"]})
    me = Person.objects.get()
    contacts.note(person=me, channel="mail", address="ana@example.com", proven=True)
    version = str(wordings.current("recommendations").version) if read == "now" else read
    client.post("/you/exchange/size/", {**ANSWERS, "allow-it": version})
    assert consent.allows(me, "recommendations", "site") is kept
    assert Given.objects.exists() is kept
    wrong = {**ANSWERS, "height": "9", "allow-it": version}
    consent.withdraw(person=me, purpose="recommendations", channel="site", where="test")
    assert client.post("/you/exchange/size/", wrong).status_code == 422
    assert not consent.allows(me, "recommendations", "site")  # a yes is for what is kept


@pytest.mark.parametrize("height", ["", "x", "9", "1e2", "-5", "9" * 400, "<b>", "NaN", "²"])
def test_bad_answers_are_told_by_question(person: Person, size: Exchange, height: str) -> None:
    with pytest.raises(ValidationError) as told:
        receipts.give(person=person, exchange=size, answers={**ANSWERS, "height": height})
    assert list(told.value.message_dict) == ["height"]
    assert not Statement.objects.exists()


def test_bad_answers_are_told_at_the_question(client: Client, size: Exchange) -> None:
    client.post("/you/decide/", {"allow": ["marketing:mail", "recommendations:site"]})
    me = Person.objects.get()
    contacts.note(person=me, channel="mail", address="ana@example.com", proven=True)
    answer = client.post("/you/exchange/size/", {**ANSWERS, "height": "<b>"})
    assert answer.status_code == 422
    assert 'id="size-height-error"' in answer.content.decode()
    assert not Statement.objects.exists()
    page = client.post("/you/exchange/size/", ANSWERS, follow=True).content.decode()
    assert PromoCode.objects.get().code in page
    page = client.post("/you/exchange/size/", {"act": "back"}, follow=True).content.decode()
    assert "What you told us" not in page


@pytest.mark.parametrize(
    ("said", "kept"),
    [("1990-05-17", "05-17"), ("05-17", "05-17"), ("1992-02-29", "02-29"), ("17 May", None)],
)
def test_of_a_day_only_month_and_day_are_kept(said: str, kept: str | None, person: Person) -> None:
    exchange = Exchange.objects.create(code="birthday", name="Your birthday", text="For wishes.")
    Question.objects.create(exchange=exchange, code="birthday", label="Birthday", kind="day")
    if kept is None:
        with pytest.raises(ValidationError):
            receipts.give(person=person, exchange=exchange, answers={"birthday": said})
        return
    receipts.give(person=person, exchange=exchange, answers={"birthday": said})
    assert Statement.objects.get().text == kept
    (receipt,) = receipts.receipts_of(person)
    assert receipt.told in ((("Birthday", "May 17"),), (("Birthday", "February 29"),))
