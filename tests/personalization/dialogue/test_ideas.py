"""Customers propose what they would like to choose, and vote: one vote a person."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from configurator.catalog import opinions
from configurator.catalog.models import Product, Release
from orders.models import Order
from personalization.dialogue import answering, asking, ideas
from personalization.dialogue.models import ChoiceStars, Idea, Vote
from personalization.people.models import Person

URL = "/p/desk-lamp/ideas/"


def idea(state: str = "open", words: str = "A foot of oak") -> Idea:
    return Idea.objects.create(product=Product.objects.get(), words=words, state=state)


def test_an_idea_is_looked_at_before_others_see_it(client: Client, lamp: None) -> None:
    data = {"words": "A <b>foot</b> of oak", "option": "shade", "email": "ana@example.com"}
    assert client.post(URL, data).status_code == 302
    kept = Idea.objects.get()
    assert (kept.state, kept.option, kept.votes.count()) == ("new", "shade", 1)
    assert "foot" not in client.get(URL).content.decode().split("Propose something")[0]
    answering.decide(idea=kept, state="open", texts={})
    assert "A &lt;b&gt;foot&lt;/b&gt; of oak" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("words", text) for text in ("", "!!", "x" * 201, "x" * 200_000, "a\x00b")),
        ("email", "no"),
        ("option", "nothing"),
    ],
)
def test_bad_ideas_are_refused_at_the_field(
    client: Client, lamp: None, field: str, value: str
) -> None:
    response = client.post(URL, {"words": "A foot of oak", field: value})
    assert response.status_code == 422
    assert f'id="{field}_error"' in response.content.decode()
    assert not Idea.objects.exists()


def test_a_person_has_one_vote_and_takes_it_back(client: Client, lamp: None) -> None:
    kept = idea()
    counts = []
    for _time in range(3):
        client.post(f"/ideas/{kept.pk}/vote/")
        counts.append(Vote.objects.count())
    assert counts == [1, 0, 1]
    assert 'aria-pressed="true"' in client.get(URL).content.decode()
    Client().post(f"/ideas/{kept.pk}/vote/")
    assert ideas.shown().get().wanted == 2


def test_who_turns_out_to_be_one_person_counts_once(lamp: None) -> None:
    kept = idea()
    known, other = Person.objects.create(), Person.objects.create()
    for each in (known, other):
        ideas.vote(idea=kept, person=each)
    Person.objects.filter(pk=other.pk).update(into=known)
    assert ideas.shown().get().wanted == 1
    assert not ideas.vote(idea=kept, person=known)  # takes both back
    assert not Vote.objects.exists()


@pytest.mark.parametrize("state", ["new", "hidden", "done", "declined"])
def test_what_is_not_open_takes_no_votes(client: Client, lamp: None, state: str) -> None:
    kept = idea(state)
    client.post(f"/ideas/{kept.pk}/vote/")
    assert not Vote.objects.exists()


def test_what_became_of_it_is_read_below_it(client: Client, lamp: None) -> None:
    release = Release.objects.get()
    answering.decide(idea=idea(), state="done", texts={"en": "In oak now."}, release=release)
    answering.decide(
        idea=idea(words="A clock in it"), state="declined", texts={"en": "It would tick."}
    )
    page = client.get(URL).content.decode()
    assert "In oak now." in page
    assert f"edition {release.number}" in page
    assert "It would tick." in page


def test_the_wanted_stand_first(client: Client, lamp: None) -> None:
    idea(words="Nobody wants it")
    ideas.vote(idea=idea(words="Somebody wants it"), person=Person.objects.create())
    page = client.get(URL).content.decode()
    assert page.index("Somebody wants it") < page.index("Nobody wants it")


def test_stars_for_single_choices_are_kept_changed_and_taken_back(
    client: Client, shipped: Order
) -> None:
    url = f"/o/{shipped.token}/1/voice/choices/"
    assert 'name="stars-shade"' in client.get(f"/o/{shipped.token}/1/voice/").content.decode()
    client.post(url, {"stars-shade": "5", "stars-height": "2", "stars-dimmer": "0"})
    client.post(url, {"stars-shade": "4", "stars-height": "0"})
    kept = ChoiceStars.objects.get()
    assert (kept.option, kept.value, kept.stars) == ("shade", "glass", 4)
    client.post(f"/o/{shipped.token}/1/voice/", {"stars": "5"})
    found = opinions.opinions("desk-lamp")
    assert found.whole is not None
    assert (found.whole.count, found.whole.mean) == (1, 5)
    one = found.values["shade", "glass"]
    assert (one.count, one.mean, one.fair) == (1, 4, 4)
    assert opinions.opinions("nothing").values == {}


@pytest.mark.parametrize(
    "data",
    [{"stars-shade": "6"}, {"stars-shade": "x"}, {"stars-no": "3"}, {"stars-shade": "1" * 99}],
)
def test_senseless_stars_are_not_kept(client: Client, shipped: Order, data: dict[str, str]) -> None:
    assert client.post(f"/o/{shipped.token}/1/voice/choices/", data).status_code == 302
    assert not ChoiceStars.objects.exists()


def test_nothing_is_rated_before_it_arrived(client: Client, order: Order) -> None:
    client.post(f"/o/{order.token}/1/voice/choices/", {"stars-shade": "5"})
    assert not ChoiceStars.objects.exists()


def test_an_average_of_few_is_drawn_to_that_of_all(shipped: Order) -> None:
    line = shipped.lines.get()
    asking.like(line=line, stars={"shade": 5, "height": 3})
    found = opinions.opinions("desk-lamp").values
    assert found["shade", "glass"].mean == 5
    assert 4 < found["shade", "glass"].fair < 4.5


def test_a_flood_of_ideas_is_slowed_down(client: Client, lamp: None, settings: Any) -> None:
    settings.TALKS_PER_BROWSER = settings.TALKS_PER_ADDRESS = 1
    assert client.post(URL, {"words": "A foot of oak"}).status_code == 302
    assert client.post(URL, {"words": "A foot of ash"}).status_code == 429


def test_stars_stand_in_the_admins_insight(client: Client, shipped: Order) -> None:
    asking.like(line=shipped.lines.get(), stars={"shade": 2, "height": 5})
    client.force_login(User.objects.create_superuser("root"))
    url = f"/admin/catalog/product/{Product.objects.get().pk}/insight/"
    page = client.get(url).content.decode()
    assert page.index("Shade: Glass: 2.0 ★ · 1") < page.index("Height: 450 mm: 5.0 ★ · 1")
    assert b"Shade,Glass,2.0,1" in client.get(f"{url}liking.csv").content
