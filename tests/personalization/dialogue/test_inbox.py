"""The inbox: what is due is found, answered once, shown if it may be, closed by a release."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from configurator.catalog.models import Product, Release
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders.models import Job, Order
from orders.voices.models import Voice
from personalization.dialogue import answering, asking, telling
from personalization.dialogue.asking import About, Asker
from personalization.dialogue.deadlines import deadline
from personalization.dialogue.models import Idea, Message, SavedAnswer, Thread
from project.roles import make_groups


@pytest.fixture
def marketer(client: Client, lamp: None) -> Client:
    make_groups()
    user = User.objects.create_user("mia", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    return client


def question(design: Design | None = None, words: str = "Does it fit?", **more: Any) -> Thread:
    product = Product.objects.get()
    asker = Asker(None, **{"language": "en", "email": "ana@example.com", **more})
    return asking.ask(about=About(product, design=design), words=words, asker=asker)


def test_the_most_urgent_stands_first_and_what_is_late_is_told(marketer: Client) -> None:
    first, second = question(words="Later one"), question(words="Late one")
    Thread.objects.filter(pk=second.pk).update(due_at=timezone.now() - timedelta(hours=1))
    page = marketer.get("/marketing/inbox/").content.decode()
    assert page.index("Late one") < page.index("Later one")
    assert "inbox__one--late" in page
    late = marketer.get("/marketing/inbox/?show=late").content.decode()
    assert "Late one" in late
    assert "Later one" not in late
    answering.close(thread=first, seen=0)
    assert "Later one" not in marketer.get("/marketing/inbox/").content.decode()
    assert "Later one" in marketer.get("/marketing/inbox/?show=closed&q=later").content.decode()


def test_words_are_found_in_any_letters_and_case(marketer: Client) -> None:
    question(words="Czy WIĘCEJ się zmieści?", language="pl")
    for search, found in (("więcej", True), ("WIĘCEJ  się", True), ("mniej", False)):
        page = marketer.get("/marketing/inbox/", {"q": search}).content.decode()
        assert ("zmieści" in page) == found


def test_who_answers_sees_the_design_as_it_was_asked_about(
    marketer: Client, design: Design
) -> None:
    thread = question(design)
    wizard.clear(edit=wizard.Edit(design.pk, design.revision), option="shade")
    url = f"/marketing/inbox/talk/{thread.pk}/"
    assert "<dd>Glass</dd>" in marketer.get(url).content.decode()
    assert marketer.get(f"{url}picture.webp").status_code in (200, 404)  # the lamp has no picture


def test_what_the_admin_approves_stands_on_the_products_page(
    marketer: Client, shipped: Order
) -> None:
    marketer.post(f"/o/{shipped.token}/1/voice/", {"stars": "4", "words": "Fine.", "public": "1"})
    assert "Fine." in marketer.get("/marketing/inbox/?show=show").content.decode()
    Voice.objects.update(state="approved")
    assert "Fine." in marketer.get("/p/desk-lamp/said/").content.decode()
    assert "Fine." not in marketer.get("/marketing/inbox/?show=show").content.decode()


def test_what_becomes_of_an_idea_is_told_once(lamp: None) -> None:
    idea = Idea.objects.create(
        product=Product.objects.get(), words="A clock", email="bea@example.com", state="open"
    )
    for state in ("accepted", "accepted", "planned"):
        answering.decide(idea=idea, state=state, texts={"en": "We like it."})
    for job in Job.objects.filter(kind=answering.TELL_OF_IDEA):
        telling.tell_of_idea(job.pk)
    (sent,) = mail.outbox
    assert "planned" in sent.body


@pytest.mark.parametrize("query", ["?show=x", "?page=x", "?page=-1", "?q=%00", "?q=" + "y" * 5000])
def test_senseless_questions_to_the_list_do_no_harm(marketer: Client, query: str) -> None:
    assert marketer.get(f"/marketing/inbox/{query}").status_code == 200


def test_an_answer_is_given_in_the_readers_language_or_not_at_all(marketer: Client) -> None:
    thread = question(language="pl")
    url = f"/marketing/inbox/talk/{thread.pk}/"
    refused = marketer.post(url, {"text_en": "It does.", "seen": "0"})
    assert refused.status_code == 422
    assert "text_pl_error" in refused.content.decode()
    assert "It does." in refused.content.decode()
    assert marketer.post(url, {"text_pl": "Pasuje.", "seen": "0"}).status_code == 302
    thread.refresh_from_db()
    assert (thread.state, thread.due_at) == ("answered", None)
    assert thread.assigned_to is not None
    assert thread.assigned_to.username == "mia"


def test_two_who_answer_at_once_notice_each_other_and_lose_nothing(marketer: Client) -> None:
    thread = question()
    url = f"/marketing/inbox/talk/{thread.pk}/"
    assert marketer.post(url, {"text_en": "It does.", "seen": "0"}).status_code == 302
    late = marketer.post(url, {"text_en": "It does not.", "seen": "0"})
    assert late.status_code == 409
    assert "It does not." in late.content.decode()
    assert Message.objects.filter(ours=True).count() == 1
    assert Job.objects.filter(kind=answering.TELL).count() == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "x" * 200_000, "a\x00b", "\u202eabc"])
def test_bad_answers_are_refused_at_the_field(marketer: Client, text: str) -> None:
    thread = question()
    response = marketer.post(f"/marketing/inbox/talk/{thread.pk}/", {"text_en": text, "seen": "0"})
    assert response.status_code == 422
    assert "text_en_error" in response.content.decode()
    assert not Message.objects.filter(ours=True).exists()


def test_it_is_given_to_somebody_noted_shown_and_closed(marketer: Client) -> None:
    thread = question(public=True)
    url = f"/marketing/inbox/talk/{thread.pk}/act/"
    for data in (
        {"do": "assign", "to": "mia"},
        {"do": "note", "note": "Ask Jan"},
        {"do": "show"},
        {"do": "close", "seen": "0"},
    ):
        assert marketer.post(url, data).status_code == 302
    thread.refresh_from_db()
    assert (thread.shown, thread.state) == ("approved", "closed")
    assert thread.assigned_to is not None
    note = thread.messages.get(inner=True)
    assert note.texts == {"en": "Ask Jan"}
    assert "Ask Jan" in marketer.get(f"/marketing/inbox/talk/{thread.pk}/").content.decode()
    assert "Ask Jan" not in marketer.get(f"/talk/{thread.token}/").content.decode()
    for data in ({"do": "assign", "to": "nobody"}, {"do": "dance"}, {"do": "close", "seen": "x"}):
        marketer.post(url, data)
    thread.refresh_from_db()
    assert thread.assigned_to.username == "mia"


@pytest.mark.parametrize(
    "text", ["Dear {nam}", "{name.x}", "{name!r}", "{name:>99}", "{0}", "{}", "{name", "}"]
)
def test_saved_answers_that_name_something_else_are_refused_when_saved(
    marketer: Client, text: str
) -> None:
    data = {"name": "Fit", "text_en": "Fine, {name}.", "text_pl": text}
    response = marketer.post("/marketing/inbox/saved/", data)
    assert response.status_code == 422
    assert "text_pl_error" in response.content.decode()
    assert not SavedAnswer.objects.exists()


def test_a_saved_answer_reads_as_the_talk_is_about(marketer: Client, order: Order) -> None:
    text = "Dear {name}, the {option} of your {product} ({order}) is {value}. {{ok}} {firm}"
    marketer.post("/marketing/inbox/saved/", {"name": "Fit", "text_en": text, "text_pl": text})
    saved = SavedAnswer.objects.get()
    line = order.lines.get()
    about = About(Product.objects.get(), line.design, line, "shade", "glass")
    thread = asking.ask(about=about, words="Hm?", asker=Asker(None, "pl"))
    page = marketer.get(f"/marketing/inbox/talk/{thread.pk}/?saved={saved.pk}").content.decode()
    assert f"Dear Zofia, the Klosz of your Lampka biurkowa ({order.number}) is Szkło." in page
    assert f"Dear Zofia, the Shade of your Desk lamp ({order.number}) is Glass." in page
    assert "{ok}" in page
    for wrong in ("x", "999999", "-1", ""):
        assert marketer.get(f"/marketing/inbox/talk/{thread.pk}/?saved={wrong}").status_code == 200
    marketer.post(f"/marketing/inbox/saved/{saved.pk}/", {"delete": "1"})
    assert not SavedAnswer.objects.exists()


def test_a_voice_with_words_stands_in_the_inbox_and_is_answered_there(
    marketer: Client, shipped: Order
) -> None:
    url = f"/o/{shipped.token}/1/voice/"
    marketer.post(url, {"stars": "2", "words": "It wobbles.", "public": "1", "author": "Zo"})
    thread = Thread.objects.get()
    assert (thread.kind, thread.email, thread.revision) == (
        "review",
        shipped.email,
        shipped.lines.get().design_revision,
    )
    marketer.post(f"/marketing/inbox/talk/{thread.pk}/act/", {"do": "show"})
    assert Voice.objects.get().state == "approved"
    seen = {"text_en": "We send you a wider foot.", "seen": "0"}
    assert marketer.post(f"/marketing/inbox/talk/{thread.pk}/", seen).status_code == 302
    page = marketer.get("/p/desk-lamp/").content.decode()
    assert "It wobbles." in page
    assert "We send you a wider foot." in page
    marketer.post(url, {"stars": "4", "words": "It stands now."})
    thread.refresh_from_db()
    assert (thread.state, thread.standing) == ("open", "new")
    assert "It wobbles." not in marketer.get("/p/desk-lamp/").content.decode()
    marketer.post(f"{url}delete/")
    assert not Thread.objects.exists()


def test_a_release_closes_talks_and_ideas_and_tells_who_said_it(
    marketer: Client, design: Design
) -> None:
    talk, other = question(design, words="Make it wider"), question(design, words="Other")
    product, release = Product.objects.get(), Release.objects.get()
    idea = Idea.objects.create(
        product=product, words="A wider foot", state="open", email="bea@example.com"
    )
    url = f"/marketing/inbox/changed/{release.pk}/"
    page = marketer.get(url).content.decode()
    assert "Make it wider" in page
    assert "A wider foot" in page
    data = {"thread": [str(talk.pk), "x"], "idea": [str(idea.pk)], "text_en": "The foot is wider."}
    for _twice in range(2):
        marketer.post(url, data)
    for each in (talk, other, idea):
        each.refresh_from_db()
    assert (talk.state, talk.release, other.state) == ("closed", release, "open")
    assert (idea.state, idea.release) == ("done", release)
    for job in Job.objects.filter(kind=answering.TELL):
        telling.tell(job.pk)
    for job in Job.objects.filter(kind=answering.TELL_OF_IDEA):
        telling.tell_of_idea(job.pk)
    assert sorted(each.to[0] for each in mail.outbox) == ["ana@example.com", "bea@example.com"]
    assert mail.outbox[0].subject == "You said, we changed"
    told = marketer.get(f"/talk/{talk.token}/").content.decode()
    assert "The foot is wider." in told
    assert "You said, we changed" in told


@pytest.mark.parametrize("data", [{}, {"thread": "x", "text_en": ""}, {"text_en": "Wider."}])
def test_nothing_chosen_or_nothing_said_is_told(marketer: Client, data: dict[str, str]) -> None:
    release = Release.objects.get()
    assert marketer.post(f"/marketing/inbox/changed/{release.pk}/", data).status_code == 422


def test_who_may_not_answer_sees_no_inbox(client: Client, lamp: None) -> None:
    thread = question()
    make_groups()
    user = User.objects.create_user("ole")
    user.groups.add(Group.objects.get(name="factory operator"))
    urls = ["", "saved/", "ideas/", "changed/", f"talk/{thread.pk}/"]
    assert all(client.get(f"/marketing/inbox/{url}").status_code == 302 for url in urls)
    client.force_login(user)
    assert all(client.get(f"/marketing/inbox/{url}").status_code == 403 for url in urls)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        ("2026-11-25T10:00+01:00", 4, "2026-11-25T14:00+01:00"),
        ("2026-11-25T15:00+01:00", 4, "2026-11-26T11:00+01:00"),  # over night
        ("2026-11-27T16:30+01:00", 4, "2026-11-30T12:30+01:00"),  # over the weekend
        ("2026-11-28T03:00+01:00", 8, "2026-11-30T17:00+01:00"),  # on a Saturday
        ("2026-12-23T16:00+01:00", 2, "2026-12-28T10:00+01:00"),  # over Christmas
        ("2027-03-26T16:00+01:00", 8, "2027-03-30T16:00+02:00"),  # over Easter and summer time
        ("2026-11-25T05:00+01:00", 0, "2026-11-25T09:00+01:00"),
    ],
)
def test_deadlines_are_counted_in_hours_in_which_somebody_is_there(
    settings: Any, asked: str, hours: float, due: str
) -> None:
    settings.TIME_ZONE, settings.FIRM_COUNTRY = "Europe/Warsaw", "PL"
    assert deadline(at(asked), hours) == at(due)


def test_text_for_an_idea_that_is_declined_is_needed(lamp: None) -> None:
    idea = Idea.objects.create(product=Product.objects.get(), words="A clock", language="pl")
    for state, texts, field in (
        ("declined", {}, "text_pl"),
        ("declined", {"en": "No."}, "text_pl"),
        ("done", {"pl": "Tak."}, "release"),
        ("new", {}, "state"),
        ("x", {}, "state"),
    ):
        with pytest.raises(ValidationError) as told:
            answering.decide(idea=idea, state=state, texts=texts)
        assert set(told.value.message_dict) == {field}
