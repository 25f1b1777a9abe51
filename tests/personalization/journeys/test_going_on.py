"""Going through a journey: entering, waiting, deciding, being spoken to, leaving."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings

from configurator.wizard.models import Design
from orders.models import Job
from orders.promo.models import PromoCode, Promotion
from personalization.experiments import services as experiments
from personalization.experiments.models import Exposure
from personalization.journeys import asking, services
from personalization.journeys.listening import listen
from personalization.journeys.models import Place
from personalization.journeys.plan import IF, LEFT, OFFER, STOP, Plan, Step, Trigger
from personalization.journeys.ticking import TICK, stands_still, tick, tick_job
from personalization.messages.models import Copy, Message, Verdict
from personalization.messages.services import send
from personalization.offering import services as offering
from personalization.offering.models import Offer
from personalization.people import consent, events, joining
from personalization.people.models import Event, Person
from personalization.people.purposes import Channel, Purpose
from tests.orders import kit
from tests.personalization.journeys.conftest import TEXTS, Running, message, somebody, wait

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def save(person: Person, at: datetime = NOON, kind: str = "saved", **about: Any) -> None:
    events.append(person=person, kind=kind, product="desk-lamp", at=at, **about)


def at(moment: datetime) -> int:
    """All that journeys do at this moment."""
    with time_machine.travel(moment, tick=False):
        return tick()


def mail(moment: datetime) -> None:
    """All messages that are due by then are decided upon."""
    with time_machine.travel(moment, tick=False):
        for job in Job.objects.filter(kind="messages.send", state="due", due_at__lte=moment):
            send(job.pk)


def test_after_the_wait_it_is_said_once(person: Person, running: Running) -> None:
    running(wait(), message())
    save(person)
    at(NOON)
    at(NOON + DAY - timedelta(seconds=1))
    assert not Message.objects.exists()
    for hours in (24, 24, 25, 90):
        at(NOON + hours * HOUR)
    asked = Message.objects.get()
    assert (asked.person, asked.purpose, asked.source) == (person, "own_designs", "journey:care:s2")
    place = Place.objects.get()
    assert (place.state, [p.outcome for p in place.passages.all()]) == (
        Place.State.DONE,
        ["began", "waited", "asked"],
    )
    mail(NOON + 25 * HOUR)
    assert Copy.objects.get().text.startswith("Hello from")


def test_a_left_design_is_told_with_its_price_when_it_goes_out(
    lamp: None, person: Person, running: Running
) -> None:
    with time_machine.travel(NOON, tick=False):
        design = kit.whole_design()
    running(
        message("s1", texts=TEXTS), slug="left", trigger=Trigger(kind=LEFT, number=4), goal="design"
    )
    save(person, kind="chose", design=design)
    at(NOON + HOUR)
    Design.objects.filter(pk=design.pk).update(updated_at=NOON + 2 * HOUR)  # goes on with it
    at(NOON + 5 * HOUR)
    assert not Message.objects.exists()
    at(NOON + 6 * HOUR)
    mail(NOON + 6 * HOUR)
    copy = Copy.objects.get()
    assert copy.subject == "Your Desk lamp"
    assert "it costs €" in copy.text
    assert "Go on with your design" in copy.html
    assert "/leave/" in copy.html


def test_what_was_ordered_meanwhile_is_not_reminded_of(
    lamp: None, person: Person, running: Running
) -> None:
    design = kit.whole_design()
    now = design.updated_at
    running(
        message("s1", texts=TEXTS),
        wait("s2"),
        message("s3"),
        trigger=Trigger(kind=LEFT, number=1),
        goal="design",
    )
    save(person, at=now, kind="chose", design=design)
    at(now + HOUR)
    kit.order(design)
    mail(now + HOUR)
    assert Verdict.objects.get().reason in {Verdict.Reason.NOTHING, Verdict.Reason.QUIET}
    at(now + 2 * DAY)
    place = Place.objects.get()
    assert (place.state, place.why) == (Place.State.GOAL, "ordered")
    assert Message.objects.get().state == Message.State.WITHHELD


def test_a_yes_taken_back_ends_it_and_calls_off_what_waits(
    person: Person, running: Running
) -> None:
    running(message("s1"), wait("s2"), message("s3"))
    save(person)
    at(NOON)
    with time_machine.travel(NOON + HOUR, tick=False):
        consent.withdraw(
            person=person, purpose=Purpose.OWN_DESIGNS, channel=Channel.MAIL, where="/you/"
        )
    at(NOON + 2 * HOUR)
    assert Place.objects.get().why == "refused"
    assert Message.objects.get().verdicts.get().reason == Verdict.Reason.CANCELED
    at(NOON + 5 * DAY)
    assert Message.objects.count() == 1


def test_who_is_forgotten_is_nowhere(person: Person, running: Running) -> None:
    running(wait(), message())
    save(person)
    at(NOON)
    person.delete()
    assert at(NOON + 2 * DAY) == 0
    assert not Message.objects.exists()


def test_a_condition_sends_on_or_away(person: Person, running: Running) -> None:
    other = somebody("bo@example.com")
    running(
        Step(id="s1", kind=IF, rule="count(viewed) >= 1", to="s3"),
        message("s2", texts={"en": {"subject": "You", "text": "You looked."}}),
        Step(id="s3", kind=STOP),
    )
    save(other, kind="viewed")
    save(person)
    save(other)
    at(NOON)
    assert Message.objects.get().person == other


@pytest.mark.parametrize(("clicks", "outcome"), [(True, "heard"), (False, "timeout")])
def test_a_wait_for_an_event_ends_with_it_or_in_time(
    clicks: bool, outcome: str, person: Person, running: Running
) -> None:
    running(
        wait("s1", how="event", event="clicked", to="s3"),
        message("s2"),
        message("s3"),
    )
    save(person)
    at(NOON)
    if clicks:
        save(person, at=NOON + HOUR, kind="clicked")
    at(NOON + 2 * HOUR)
    at(NOON + DAY)
    asked = sorted(Message.objects.values_list("source", flat=True))
    assert asked == (["journey:care:s2", "journey:care:s3"] if clicks else ["journey:care:s3"])
    assert Place.objects.get().passages.filter(step="s1").get().outcome == outcome


def test_a_wait_until_a_time_is_by_the_readers_clock(person: Person, running: Running) -> None:
    running(wait("s1", how="until", clock="10:00", weekday="0"), message())
    save(person)
    at(NOON)
    assert Place.objects.get().due_at == datetime(2026, 6, 15, 8, tzinfo=UTC)


@pytest.mark.parametrize(("again", "times"), [("never", 1), ("days", 2), ("every", 3)])
def test_people_come_again_only_as_it_says(
    again: str, times: int, person: Person, running: Running
) -> None:
    running(message("s1"), again=again, again_days=10)
    for days in (0, 5, 12):
        save(person, at=NOON + days * DAY)
        at(NOON + days * DAY)
    assert Message.objects.count() == times


def test_reading_events_again_brings_nobody_twice(person: Person, running: Running) -> None:
    running(message("s1"))
    save(person)
    for _n in range(3):
        assert at(NOON) in (0, 2)
    assert Message.objects.count() == 1


def test_two_who_are_one_are_spoken_to_once(person: Person, running: Running) -> None:
    browser = Person.objects.create()
    running(wait(), message(), again="never")
    save(person)
    save(browser)
    at(NOON)
    joining.join(person=browser, into=person, why="signed in")
    at(NOON + 2 * DAY)
    assert Message.objects.get().person == person
    assert set(Place.objects.values_list("state", "why")) == {("done", ""), ("left", "joined")}


def test_a_clock_that_leaps_ahead_ends_each_wait_once(person: Person, running: Running) -> None:
    running(message("s1"), wait("s2"), message("s3"), wait("s4"), message("s5"))
    save(person)
    at(NOON)
    for _n in range(3):
        at(NOON + 365 * DAY)
    assert Message.objects.count() == 2  # not all of them at once
    for _n in range(3):  # and back: nothing is said again, and nobody waits for a year
        at(NOON + HOUR)
    assert Message.objects.count() == 2
    at(NOON + 2 * DAY)
    assert Message.objects.count() == 3


def test_paused_nobody_goes_on_and_stopped_everybody_leaves(
    person: Person, running: Running
) -> None:
    journey = running(message("s1"), wait("s2"), message("s3"))
    save(person)
    at(NOON)
    services.pause(journey=journey)
    save(somebody("bo@example.com"), at=NOON + HOUR)
    at(NOON + 2 * DAY)
    assert Message.objects.count() == 1
    services.stop(journey=journey)
    at(NOON + 3 * DAY)
    assert Place.objects.get().why == "stopped"
    assert Message.objects.get().state == Message.State.WITHHELD


def test_who_is_on_the_way_stays_on_their_version_or_is_moved(
    person: Person, running: Running
) -> None:
    journey = running(wait(), message())
    other = somebody("bo@example.com")
    save(person)
    at(NOON)
    plan = Plan.from_json(journey.draft)
    services.write(journey=journey, plan=plan.with_steps((wait(), message("s9"))))
    services.go_live(journey=journey)
    save(other, at=NOON + HOUR)
    at(NOON + HOUR)
    assert [place.version.number for place in Place.objects.order_by("id")] == [1, 2]
    services.go_live(journey=journey, move=True)
    at(NOON + 2 * DAY)
    assert set(Message.objects.values_list("source", flat=True)) == {"journey:care:s9"}


def test_who_is_held_out_hears_nothing(running: Running) -> None:
    people = [somebody(f"{n}@example.com") for n in range(12)]
    running(message("s1"), holdout=50)
    for person in people:
        save(person)
    at(NOON)
    held = Place.objects.filter(state=Place.State.HELD)
    assert 0 < held.count() < 12
    assert Message.objects.count() == 12 - held.count()


def test_many_are_held_out_as_each_of_them_is(db: Any) -> None:
    people = [Person.objects.create() for _n in range(30)]
    experiments.hold_out(code=experiments.GLOBAL, name="All", percent=30)
    experiments.hold_out(code="journey-care", name="Care", percent=30)
    experiments.reach(people[0], "journey-care")  # whoever met an arm stays in it
    held = experiments.held_of(people, "journey-care")
    rows = set(Exposure.objects.values_list("experiment__code", "person", "arm"))
    Exposure.objects.all().delete()
    assert held == {p.pk for p in people if not experiments.reach(p, "journey-care")}
    assert 0 < len(held) < 30
    assert rows == set(Exposure.objects.values_list("experiment__code", "person", "arm"))


def test_an_offer_gives_a_code_of_ones_own(person: Person, running: Running) -> None:
    promotion = Promotion(name="Thanks", kind="percent", percent=5)
    offer = offering.save(offer=Offer(shown=False), promotion=promotion)
    texts = {"en": {"subject": "For you", "text": "{worth}:\n{code}\n\nUntil {until}."}}
    running(Step(id="s1", kind=OFFER, purpose="marketing", offer=offer.pk, texts=texts))
    save(person)
    at(NOON)
    mail(NOON)
    code = PromoCode.objects.get()
    text = Copy.objects.get().text
    assert code.code in text.replace("-", "")
    assert "Until" not in text  # it has no end


def test_no_mail_goes_without_a_subject(person: Person, running: Running) -> None:
    promotion = Promotion(name="Thanks", kind="percent", percent=5, active=False)
    offer = offering.save(offer=Offer(shown=False), promotion=promotion)
    texts = {"en": {"subject": "{worth} for you", "text": "Hello.\n\n{code}"}}
    running(Step(id="s1", kind=OFFER, purpose="marketing", offer=offer.pk, texts=texts))
    save(person)
    at(NOON)
    mail(NOON)
    copy = Copy.objects.get()
    assert copy.text.startswith("Hello.\n")
    assert copy.subject == settings.FIRM_NAME


def test_the_job_comes_back_for_as_long_as_a_journey_runs(person: Person, running: Running) -> None:
    journey = running(message("s1"))
    events.append(person=person, kind=Event.Kind.SAVED)
    assert tick_job(Job.objects.get(kind=TICK, state="due").pk)
    assert Message.objects.count() == 1
    services.stop(journey=journey)
    assert tick_job(Job.objects.get(kind=TICK, state="due").pk)
    assert not Job.objects.filter(kind=TICK, state="due").exists()


def test_it_is_told_when_nobody_comes_by(person: Person, running: Running) -> None:
    running(wait())
    save(person, at=NOON)
    listen(NOON)
    assert not stands_still(NOON)
    assert stands_still(NOON + HOUR)


def test_who_objects_or_is_no_more_meant_leaves(person: Person, running: Running) -> None:
    running(wait(), message(), leave="views at least 2")
    other, third = somebody("bo@example.com"), somebody("cy@example.com")
    for each in (person, other, third):
        save(each)
    at(NOON)
    with time_machine.travel(NOON + HOUR, tick=False):
        consent.withdraw(
            person=other, purpose=Purpose.PERSONALIZATION, channel=Channel.SITE, where="/you/"
        )
        for _n in range(2):
            save(third, at=NOON + HOUR, kind="viewed")
    at(NOON + 2 * DAY)
    assert dict(Place.objects.values_list("person", "why")) == {
        person.pk: "",
        other.pk: "objects",
        third.pk: "rule",
    }


def test_what_fails_for_one_holds_up_nobody_else(
    person: Person, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(message("s1"))
    other = somebody("bo@example.com")
    save(person)
    save(other)
    real = asking.message_of

    def breaks(journey: Any, step: Any, place: Place, now: datetime) -> Message:
        if place.person_id == person.pk:
            raise RuntimeError("trouble")
        return real(journey, step, place, now)

    monkeypatch.setattr(asking, "message_of", breaks)
    for hours in range(6):
        at(NOON + hours * HOUR)
    assert dict(Place.objects.values_list("person", "state")) == {
        person.pk: Place.State.STUCK,
        other.pk: Place.State.DONE,
    }
    assert Message.objects.get().person == other


def test_what_was_before_it_went_live_brings_nobody(person: Person, running: Running) -> None:
    first = running(message("s1"))
    services.stop(journey=first)
    save(person)  # while nobody reads
    running(message("s1"), slug="second")
    at(NOON + HOUR)
    assert not Place.objects.exists()


def test_a_goal_is_reached_while_it_is_paused(person: Person, running: Running) -> None:
    journey = running(wait(), message(), goal="rated")
    save(person)
    at(NOON)
    services.pause(journey=journey)
    save(person, at=NOON + HOUR, kind="rated")
    at(NOON + 2 * HOUR)
    assert Place.objects.get().state == Place.State.GOAL
