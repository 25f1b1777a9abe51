"""Writing journeys in the marketer's room: steps, checks, going live, trying."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from orders.promo.models import Promotion
from personalization.journeys import checking, editing, filling, ready_made, services
from personalization.journeys.models import Journey, Passage, Place
from personalization.journeys.plan import GO, IF, KINDS, LEFT, NEXT, WAIT, Plan, Step, Trigger
from personalization.journeys.ticking import tick
from personalization.messages.models import Message
from personalization.offering import services as offering
from personalization.offering.models import Offer
from personalization.people import events
from personalization.people.models import Fact, Person
from project.roles import make_groups
from tests.orders import kit
from tests.personalization.journeys.conftest import HELLO, TEXTS, Running, message, somebody, wait

ROOM = "/marketing/journeys/"


@pytest.fixture
def marketer(client: Client, db: Any) -> Client:
    make_groups()
    user = User.objects.create_user("mo")
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    return client


@pytest.fixture
def journey(db: Any) -> Journey:
    plan = Plan(
        trigger=Trigger(kind="event", event="saved"),
        steps=(wait("s1"), message("s2"), message("s3")),
    )
    return services.begin(slug="care", name="Care", plan=plan)


def ids(journey: Journey) -> list[str]:
    journey.refresh_from_db()
    return [step["id"] for step in journey.draft["steps"]]


def said(plan: Plan) -> list[tuple[str, str, bool]]:
    return [(each.step, each.field, each.grave) for each in checking.problems(plan)]


# Steps


def test_steps_are_added_moved_copied_and_deleted(marketer: Client, journey: Journey) -> None:
    url = f"{ROOM}care/steps/"
    answer = marketer.post(url, {"kind": "if", "after": "s1", "edition": 0})
    assert answer.headers["Location"] == f"{url}s4/"
    assert ids(journey) == ["s1", "s4", "s2", "s3"]
    for n, (step, act) in enumerate(
        [("s3", "up"), ("s1", "down"), ("s2", "copy"), ("s4", "remove")], 1
    ):
        marketer.post(f"{url}{step}/act/", {"act": act, "edition": n})
    assert ids(journey) == ["s1", "s3", "s2", "s5"]


def test_a_click_that_is_sent_twice_counts_once(marketer: Client, journey: Journey) -> None:
    for _n in range(2):
        marketer.post(f"{ROOM}care/steps/s3/act/", {"act": "up", "edition": 0})
    assert ids(journey) == ["s1", "s3", "s2"]


def test_a_step_is_written_and_what_is_wrong_stands_at_its_field(
    marketer: Client, journey: Journey
) -> None:
    url = f"{ROOM}care/steps/s2/"
    form = {
        **{"channel": "mail", "purpose": "marketing", "lasts": 3, "priority": 0, "edition": 0},
        "subject_en": "News",
        "text_en": "Hello,\n\nit costs {prize}.",
    }
    answer = marketer.post(url, form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Line 3, character 10: There is no field “{prize}”." in page
    assert "it costs {prize}." in page  # nothing is lost
    answer = marketer.post(url, {**form, "text_en": "Hello from {firm}."})
    assert answer.status_code == 302
    journey.refresh_from_db()
    assert journey.draft["steps"][1]["texts"]["en"]["text"] == "Hello from {firm}."


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({"how": "for", "amount": "0", "unit": "days"}, "from one minute to a year"),
        ({"how": "for", "amount": "99999", "unit": "days"}, "from one minute to a year"),
        ({"how": "for", "amount": "x", "unit": "days"}, "whole number"),
        ({"how": "until", "clock": "25:00", "unit": "days"}, "Write a time like 10:00."),
        ({"how": "event", "amount": "2", "unit": "days"}, "Choose what it waits for."),
        ({"how": "never", "unit": "days"}, "valid choice"),
    ],
)
def test_a_wait_that_can_not_be_is_refused(
    posted: dict[str, str], told: str, marketer: Client, journey: Journey
) -> None:
    answer = marketer.post(f"{ROOM}care/steps/s1/", {**posted, "edition": 0})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_settings_are_kept(marketer: Client, journey: Journey) -> None:
    form = {"name": "Care", "kind": "weather", "number": "-3", "way": "<", "again": "never"}
    assert marketer.post(f"{ROOM}care/settings/", {**form, "edition": 0}).status_code == 302
    assert b"It is below -3" in marketer.get(f"{ROOM}care/").content
    wrong = {**form, "kind": "segment", "leave": "orders atleast 3", "holdout": "80"}
    answer = marketer.post(f"{ROOM}care/settings/", {**wrong, "edition": 1})
    assert answer.status_code == 422
    assert answer.content.decode().count('role="alert"') == 3


# Checks


def test_a_circle_needs_a_wait(db: Any) -> None:
    back = Step(id="s3", kind=GO, to="s1")
    circle = Plan(Trigger("event", event="saved"), (message("s1"), message("s2"), back))
    assert ("s3", "to", True) in said(circle)
    waited = Plan(circle.trigger, (message("s1"), wait("s2"), back), goal="ordered")
    assert not [each for each in said(waited) if each[2]]


def test_a_circle_needs_a_way_out(db: Any) -> None:
    back = Step(id="s3", kind=GO, to="s1")
    forever = Plan(Trigger("event", event="saved"), (message("s1"), wait("s2"), back))
    assert ("s3", "to", True) in said(forever)
    assert ("s3", "to", False) in said(replace(forever, goal="ordered"))  # told, and let be
    heard = Step(id="s2", how="event", event="ordered", amount=3, to="end")
    assert not [
        step
        for step, field, _grave in said(forever.with_steps((message("s1"), heard, back)))
        if field == "to"
    ]


def test_what_nobody_reaches_is_told(db: Any) -> None:
    away = Step(id="s1", kind=GO, to="s3")
    plan = Plan(Trigger("event", event="saved"), (away, message("s2"), message("s3")))
    assert ("s2", "", False) in said(plan)


@pytest.mark.parametrize(
    ("about", "field", "grave"),
    [
        ({"purpose": ""}, "purpose", True),
        ({"purpose": "ads"}, "channel", True),
        ({"channel": "pigeon"}, "channel", True),
        ({"texts": {}}, "text_en", True),
        ({"texts": {"en": {"text": "Hello"}}}, "subject_en", True),
        ({"texts": {"en": {"subject": "Hi", "text": "{order}"}}}, "text_en", True),
        ({"offer": 7}, "offer", True),
        ({"texts": HELLO}, "text_es", False),
    ],
)
def test_what_is_wrong_with_a_message_is_told(
    about: dict[str, Any], field: str, grave: bool, db: Any
) -> None:
    plan = Plan(Trigger("event", event="saved"), (message("s1", **about),))
    assert ("s1", field, grave) in said(plan)


def test_what_is_wrong_does_not_go_live(marketer: Client, journey: Journey) -> None:
    services.write(journey=journey, plan=Plan(Trigger("event", event="saved"), ()))
    answer = marketer.post(f"{ROOM}care/do/", {"act": "live"})
    assert answer.status_code == 422
    assert "There is no step yet." in answer.content.decode()
    journey.refresh_from_db()
    assert journey.state == Journey.State.DRAFT


def test_the_demo_has_them_as_drafts_and_keeps_what_is_written(db: Any) -> None:
    ready_made.make_demo_journeys()
    Journey.objects.first().delete()  # type: ignore[union-attr]
    ready_made.make_demo_journeys()
    assert Journey.objects.filter(state="draft").count() == len(ready_made.MADE) - 1
    assert not [
        p for j in Journey.objects.all() for p in checking.problems(Plan.from_json(j.draft))
    ]


@pytest.mark.parametrize("made", ready_made.MADE, ids=lambda made: made.slug)
def test_the_ready_made_ones_can_go_live_in_every_language(made: ready_made.Made, db: Any) -> None:
    assert not checking.problems(ready_made.begun(made, None))
    promotion = Promotion(name="Thanks", kind="percent", percent=5)
    offer = offering.save(offer=Offer(shown=False), promotion=promotion)
    assert not checking.problems(ready_made.begun(made, offer))


@given(st.text(alphabet="{} \nabcfirmpce€", max_size=60))
def test_a_text_that_is_checked_can_be_filled(text: str) -> None:
    names = ["firm", "price"]
    if not filling.wrongs(text, names):
        values = {"firm": "F", "price": "€1"}
        assert filling.fill(text, values).count("{") <= text.count("{{")


steps = st.lists(st.sampled_from(KINDS), min_size=1, max_size=8)


@given(steps, st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["up", "copy", "remove"]))))
def test_edited_steps_never_lead_nowhere(kinds: list[str], edits: list[tuple[int, str]]) -> None:
    plan = Plan()
    for kind in kinds:
        plan, _made = editing.added(plan, kind, plan.steps[-1].id if plan.steps else "")
    for place, act in edits:
        if not plan.steps:
            break
        step = plan.steps[place % len(plan.steps)].id
        if act == "up":
            plan = editing.moved(plan, step, -1)
        else:
            plan = editing.copied(plan, step) if act == "copy" else editing.without(plan, step)
    assert len(set(plan.places)) == len(plan.steps)
    for each in plan.steps:
        assert all(to == "end" or to in plan.places for to in plan.ways(each))


# Live


def test_it_goes_live_is_paused_resumed_and_stopped(marketer: Client, journey: Journey) -> None:
    for act, state in (
        *(("live", "live"), ("pause", "paused"), ("resume", "live"), ("stop", "stopped")),
        ("resume", "stopped"),
    ):
        marketer.post(f"{ROOM}care/do/", {"act": act})
        journey.refresh_from_db()
        assert journey.state == state
    assert b"Versions" in marketer.get(f"{ROOM}care/").content
    assert b"This is version 1" in marketer.get(f"{ROOM}care/?version=1").content


def test_a_new_one_begins_with_a_ready_made_one(marketer: Client) -> None:
    form = {"name": "Left", "slug": "left", "made": "left-a-design", "offer": ""}
    assert marketer.post(f"{ROOM}new/", form).status_code == 302
    assert "Your {product} is kept" in marketer.get(f"{ROOM}left/").content.decode()
    assert marketer.post(f"{ROOM}new/", form).status_code == 422


@pytest.mark.parametrize("slug", ["new", "two words", "x" * 41, "<b>"])
def test_a_code_that_can_not_be_is_told_at_its_field(slug: str, marketer: Client) -> None:
    form = {"name": "Left", "slug": slug, "made": "", "offer": ""}
    answer = marketer.post(f"{ROOM}new/", form)
    assert answer.status_code == 422
    assert 'id="id_slug_error"' in answer.content.decode()


# Trying


@pytest.fixture
def designed(lamp: None) -> Person:
    person = somebody(language="en")
    design = kit.whole_design()
    events.append(person=person, kind="chose", product="desk-lamp", design=design)
    return person


def test_it_is_tried_with_the_words_as_they_would_be_and_nothing_is_written(
    marketer: Client, designed: Person
) -> None:
    promotion = Promotion(name="Thanks", kind="percent", percent=5)
    offer = offering.save(offer=Offer(shown=False), promotion=promotion)
    made = ready_made.MADE[0]
    services.begin(slug="left", name="Left", plan=ready_made.begun(made, offer))
    before = [model.objects.count() for model in (Message, Place, Passage, Fact)]
    url = f"{ROOM}left/try/?who={designed.key}&at=2026-06-01T12:00"
    page = marketer.get(url).content.decode()
    assert "Your Desk lamp is kept" in page
    assert "A little something for your Desk lamp" in page
    assert "Sent: it was allowed" in page
    mail = marketer.get(f"{ROOM}left/try/s4/?who={designed.key}&language=pl")
    assert "CODE-CODE" in mail.content.decode()
    assert "sandbox" in mail.headers["Content-Security-Policy"]
    assert [model.objects.count() for model in (Message, Place, Passage, Fact)] == before
    assert not promotion.codes.exists()


def test_a_trial_says_what_would_not_be_sent(marketer: Client, lamp: None) -> None:
    stranger = Person.objects.create()
    events.append(person=stranger, kind="chose", product="lamp", design=kit.whole_design())
    plan = Plan(Trigger(kind=LEFT), (message("s1", texts=TEXTS),))
    services.begin(slug="left", name="Left", plan=plan)
    page = marketer.get(f"{ROOM}left/try/?who={stranger.key}").content.decode()
    assert "Not sent: they have not allowed it" in page


@pytest.mark.parametrize("query", ["who=nobody", "who=%00", "at=yesterday", "at=99999-01-01"])
def test_a_trial_of_nobody_or_never_is_told(query: str, marketer: Client, journey: Journey) -> None:
    assert marketer.get(f"{ROOM}care/try/?{query}").status_code in (200, 422)


def test_a_trial_takes_the_way_that_is_asked_for(
    marketer: Client, person: Person, journey: Journey
) -> None:
    steps = (
        Step(id="s1", kind=WAIT, how="event", event="clicked", amount=2, to="end"),
        Step(id="s2", kind=IF, rule="orders at least 1", to=NEXT),
        message("s3", texts={"en": {"subject": "You came", "text": "Hello."}}),
    )
    services.write(journey=journey, plan=Plan(Trigger("event", event="viewed"), steps))
    url = f"{ROOM}care/try/?who={person.key}"
    assert "You came" not in marketer.get(url).content.decode()
    assert "You came" in marketer.get(f"{url}&comes_s1=1").content.decode()


def test_only_marketers_write(client: Client, journey: Journey) -> None:
    assert client.post(f"{ROOM}care/do/", {"act": "live"}).status_code == 302
    client.force_login(User.objects.create_user("somebody"))
    assert client.get(f"{ROOM}care/").status_code == 403


def test_figures_tell_each_step(marketer: Client, person: Person, running: Running) -> None:
    running(message("s1"), wait("s2"))
    events.append(person=person, kind="saved")
    tick()
    page = marketer.get(f"{ROOM}care/").content.decode()
    assert 'Here now</dt><dd><a href="/marketing/journeys/care/people/?step=s2">1</a>' in page
    assert "Asked for</dt><dd>1" in page


# What irritated


def test_a_code_is_made_of_the_name_and_what_begins_it_is_asked_first(marketer: Client) -> None:
    form = {"name": "Łódź: new things!", "slug": "", "made": "", "offer": ""}
    for code in ("odz-new-things", "odz-new-things-2"):
        answer = marketer.post(f"{ROOM}new/", form)
        assert answer.headers["location"] == f"{ROOM}{code}/settings/"
    marketer.post(f"{ROOM}new/", {**form, "name": "New"})
    assert Journey.objects.filter(slug="new-2").exists()  # “new” is a page
    answer = marketer.post(f"{ROOM}new/", {**form, "name": "!"})
    assert answer.headers["location"] == f"{ROOM}journey/settings/"


def test_what_counts_for_another_beginning_is_not_kept(marketer: Client, journey: Journey) -> None:
    form = {"name": "Care", "kind": "price", "way": "down", "again": "never", "edition": 0}
    rest = {"event": "saved", "option": "frame", "segment": "", "goal": "", "goal_product": ""}
    assert marketer.post(f"{ROOM}care/settings/", {**form, **rest}).status_code == 302
    journey.refresh_from_db()
    trigger = Plan.from_json(journey.draft).trigger
    assert (trigger.kind, trigger.way, trigger.event, trigger.option) == ("price", "down", "", "")
    wrong = {**form, "way": "<", "edition": 1}  # it would never begin
    answer = marketer.post(f"{ROOM}care/settings/", wrong)
    assert answer.status_code == 422
    assert 'id="id_way_error"' in answer.content.decode()


def test_a_goal_of_one_product_is_chosen_by_its_name(
    lamp: None, marketer: Client, journey: Journey
) -> None:
    form = {"name": "Care", "kind": "event", "event": "finished", "again": "never", "edition": 0}
    goal = {"goal": "bought", "goal_product": "desk-lamp"}
    assert marketer.post(f"{ROOM}care/settings/", {**form, **goal}).status_code == 302
    assert "bought (Desk lamp)" in marketer.get(f"{ROOM}care/").content.decode()
    page = marketer.get(f"{ROOM}care/settings/").content.decode()
    assert '<option value="desk-lamp" selected>Desk lamp</option>' in page
    nonsense = {**form, "goal": "bought", "goal_product": "bike", "edition": 1}
    assert marketer.post(f"{ROOM}care/settings/", nonsense).status_code == 422


def test_what_goes_live_is_what_was_looked_at(marketer: Client, journey: Journey) -> None:
    marketer.post(f"{ROOM}care/steps/s3/act/", {"act": "remove", "edition": 0})  # another tab
    page = marketer.post(f"{ROOM}care/do/", {"act": "live", "edition": 0}, follow=True)
    assert "Somebody else has changed the journey meanwhile" in page.content.decode()
    journey.refresh_from_db()
    assert journey.state == Journey.State.DRAFT
    marketer.post(f"{ROOM}care/do/", {"act": "live", "edition": 1})
    journey.refresh_from_db()
    assert journey.state == Journey.State.LIVE


def test_of_nobody_yet_it_is_said_what_to_do(marketer: Client, journey: Journey) -> None:
    assert "Nobody has a design yet" in marketer.get(f"{ROOM}care/try/").content.decode()
