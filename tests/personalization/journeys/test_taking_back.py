"""What somebody told, and took back: nothing that it brought about is said any more."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from orders.models import Job
from personalization.journeys.models import Place
from personalization.journeys.plan import BIRTHDAY, IF, Step, Trigger
from personalization.journeys.ticking import tick
from personalization.journeys.watching import watch
from personalization.messages import services
from personalization.messages.models import Copy, Message
from personalization.people import events, joining, receipts, visitors
from personalization.people.exchanges import Effect, Exchange, Question
from personalization.people.models import Person, Statement
from tests.personalization.journeys.conftest import Running, message, somebody, wait

MIDNIGHT = datetime(2026, 6, 9, 22, 30, tzinfo=UTC)  # 00:30 in Madrid
NINE = datetime(2026, 6, 10, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def told(person: Person) -> Callable[..., Exchange]:
    def tell(code: str = "birthday", said: str = "06-10", **about: Any) -> Exchange:
        made = Exchange.objects.create(code=f"your-{code}", name=code, text="")
        Question.objects.create(exchange=made, code=code, label=code, **{"kind": "day", **about})
        receipts.give(person=person, exchange=made, answers={code: said})
        return made

    return tell


def at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        tick()


def mail(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        for job in Job.objects.filter(kind=services.SEND, state="due", due_at__lte=moment):
            services.send(job.pk)


def take_back(moment: datetime, person: Person, exchange: Exchange) -> None:
    with time_machine.travel(moment, tick=False):
        receipts.take_back(person=person, exchange=exchange)


@pytest.fixture
def birthday(told: Callable[..., Exchange], running: Running) -> Exchange:
    """It is told, and just after midnight they have come into its journey, to begin at nine."""
    with time_machine.travel(MIDNIGHT - timedelta(days=1), tick=False):
        exchange = told()
    running(message("s1"), slug="birthday", trigger=Trigger(kind=BIRTHDAY))
    at(MIDNIGHT)
    assert Place.objects.get().due_at == NINE
    return exchange


def test_a_birthday_that_is_taken_back_in_the_morning(person: Person, birthday: Exchange) -> None:
    take_back(NINE - MINUTE, person, birthday)
    at(NINE)
    assert not Message.objects.exists()
    place = Place.objects.get()
    assert (place.state, place.why) == (Place.State.LEFT, "withdrew")


def test_one_that_is_taken_back_before_it_is_sent(person: Person, birthday: Exchange) -> None:
    at(NINE)
    take_back(NINE, person, birthday)
    mail(NINE + MINUTE)
    assert Message.objects.get().verdicts.get().reason == "nothing"
    assert not Copy.objects.exists()


def test_one_that_is_taken_back_while_it_is_written(
    person: Person, birthday: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(NINE)
    found = services.words_of

    def then_taken_back(asked: Message) -> Any:
        words = found(asked)
        receipts.take_back(person=person, exchange=birthday)
        return words

    monkeypatch.setattr(services, "words_of", then_taken_back)
    mail(NINE + MINUTE)
    assert not Copy.objects.exists()


def test_the_receipt_tells_what_a_birthday_brought(person: Person, birthday: Exchange) -> None:
    at(NINE)
    mail(NINE + MINUTE)
    assert Copy.objects.count() == 1
    effect = Effect.objects.get()
    assert (effect.person, effect.fact, effect.what) == (person, "birthday", "message")


def test_a_condition_before_it_rests_on_what_is_taken_back(
    person: Person, told: Callable[..., Exchange], running: Running
) -> None:
    with time_machine.travel(NINE, tick=False):
        exchange = told("height", "190", kind="number")
        running(Step(id="tall", kind=IF, rule="height > 180"), wait("s1", unit="days"), message())
        running(wait("s1", unit="days"), message(), slug="all")
        Question.objects.all().delete()  # it is asked no more, and rules can't name it
        events.append(person=person, kind="saved")
        tick()
    take_back(NINE + timedelta(hours=1), person, exchange)
    at(NINE + timedelta(days=2))
    assert [asked.source for asked in Message.objects.all()] == ["journey:all:s2"]


def test_who_objects_meanwhile_hears_nothing_of_what_was_asked_for(
    person: Person, running: Running
) -> None:
    running(message("s1"))
    with time_machine.travel(NINE, tick=False):
        events.append(person=person, kind="saved")
        tick()
    Person.objects.update(quiet=True)
    mail(NINE + MINUTE)
    assert not Copy.objects.exists()


def test_who_signs_in_has_their_birthday_by_their_own_clock(running: Running, db: Any) -> None:
    browser = somebody("b@example.com", time_zone="")
    Statement.objects.create(person=browser, name="birthday", text="06-10", source="page")
    whole = somebody("a@example.com", time_zone="Asia/Tokyo")
    joining.join(person=browser, into=whole, why="signed in")
    running(message("s1"), slug="birthday", trigger=Trigger(kind=BIRTHDAY))
    watch(datetime(2026, 6, 9, 15, 10, tzinfo=UTC))  # 00:10 in Tokyo
    place = Place.objects.get()
    assert (place.person, place.due_at) == (whole, datetime(2026, 6, 10, 0, 0, tzinfo=UTC))


def test_a_message_minds_the_clock_of_who_its_reader_turned_out_to_be(
    person: Person, running: Running
) -> None:
    running(message("s1"))
    with time_machine.travel(NINE, tick=False), visitors.acting(person):
        events.append(person=person, kind="saved")
        tick()
    whole = somebody("a@example.com", time_zone="America/New_York")  # 03:01 there
    joining.join(person=person, into=whole, why="signed in")
    mail(NINE + MINUTE)
    assert Message.objects.get().verdicts.get().reason == "quiet"


def test_what_our_pages_still_tell_of_it_is_over(
    person: Person, told: Callable[..., Exchange], running: Running
) -> None:
    with time_machine.travel(NINE, tick=False):
        exchange = told("height", "190", kind="number")
        running(
            Step(id="tall", kind=IF, rule="height > 180"),
            message("s1", channel="site", texts={"en": {"text": "A tent as long as you are."}}),
        )
        running(message("s1", channel="site"), slug="all")
        events.append(person=person, kind="saved")
        tick()
    mail(NINE + MINUTE)
    with time_machine.travel(NINE + MINUTE, tick=False):
        assert len(services.on_pages(person)) == 2
        receipts.take_back(person=person, exchange=exchange)
        assert [shown.source for shown in services.on_pages(person)] == ["journey:all:s1"]
