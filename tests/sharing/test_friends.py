"""Two people in one design: invited, seen, told what the other does, and out when it ends."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from configurator.catalog.queries import released
from configurator.sharing import friends
from configurator.sharing import urls as sharing_urls
from configurator.sharing.models import Invitation, Presence
from configurator.wizard import services as wizard
from configurator.wizard import urls as wizard_urls
from configurator.wizard.models import Design
from configurator.wizard.services import Edit
from tests.orders import kit

pytestmark = pytest.mark.django_db

MINE, THEIRS = "a" * 12, "b" * 12
HTMX = {"hx-request": "true"}


@pytest.fixture
def friend(design: Design) -> Client:
    """Ana, who came by the link of Marta, who designs."""
    return joined(friends.invite(design=design, may_edit=True, host="Marta"))


def joined(invitation: Invitation, name: str = "Ana") -> Client:
    client = Client()
    answer = client.post(f"/with/{invitation.pk}/", {"author": name})
    assert answer.headers["Location"] == f"/d/{invitation.pk}/"
    return client


def key() -> Any:
    return Invitation.objects.get().pk


def asks(client: Client, of: Any, revision: int, tab: str, **query: str) -> Any:
    query = {"revision": str(revision), "tab": tab, **query}
    return client.get(f"/d/{of}/together/", query, headers=HTMX)


def chosen(design: Design, option: str, value: Any, tab: str = "") -> Design:
    return wizard.choose(
        edit=Edit(design.pk, design.revision, tab), option=option, value=value
    ).design


def test_a_friend_designs_by_another_address(friend: Client, design: Design) -> None:
    page = friend.get(f"/d/{key()}/")
    assert page.status_code == 200
    assert "You are designing with Marta." in page.content.decode()
    form = {"set": "shade:linen", "revision": str(design.revision), "tab": THEIRS}
    answer = friend.post(f"/d/{key()}/choose/", form)
    assert answer.status_code == 303
    design.refresh_from_db()
    assert design.state["choices"]["shade"] == "linen"


def test_a_friend_never_learns_the_designs_own_address(friend: Client, design: Design) -> None:
    """Whatever a friend asks for, on every address of the wizard and of sharing."""
    own = str(design.pk)
    paths = [
        str(pattern.pattern).replace("<uuid:design_id>", str(key()))
        for pattern in (*wizard_urls.urlpatterns, *sharing_urls.urlpatterns)
        if isinstance(pattern, URLPattern) and "<uuid:design_id>" in str(pattern.pattern)
    ]
    assert len(paths) > 15
    for path in paths:
        path = re.sub(r"<int:\w+>", "1", re.sub(r"<(uuid):\w+>", str(key()), path))
        path = re.sub(r"<(slug|str):\w+>", "webp", path)
        for method, htmx in (("get", {}), ("post", {}), ("get", HTMX), ("post", HTMX)):
            form = {"revision": str(design.revision), "tab": THEIRS, "set": "height:300"}
            answer = getattr(friend, method)(f"/{path}", form, headers=htmx)
            assert own.encode() not in answer.content, (method, path)
            assert own not in str(answer.headers), (method, path)
    home = friend.get("/").content.decode()
    assert own not in home
    assert str(key()) not in home


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "review/"),
        ("post", "order/"),
        ("get", "share/"),
        ("post", "share/link/"),
        ("post", "share/friends/"),
        ("post", "renew/"),
        ("post", "record/"),
    ],
)
def test_what_is_the_owners_alone(friend: Client, method: str, path: str) -> None:
    answer = getattr(friend, method)(f"/d/{key()}/{path}")
    assert answer.status_code == 403
    assert "Only the owner" in answer.content.decode()


def test_who_looks_on_changes_nothing(design: Design) -> None:
    friend = joined(friends.invite(design=design, may_edit=False, host="Marta"))
    assert "looking on while Marta" in friend.get(f"/d/{key()}/").content.decode()
    for headers, status in (({}, 403), (HTMX, 422)):
        answer = friend.post(
            f"/d/{key()}/choose/",
            {"set": "height:300", "revision": str(design.revision)},
            headers=headers,
        )
        assert answer.status_code == status
        assert "looking on" in answer.content.decode()
    before = design.revision
    design.refresh_from_db()
    assert design.revision == before


def test_ending_it_puts_a_friend_out_at_once(
    client: Client, friend: Client, design: Design
) -> None:
    ended = client.post(f"/d/{design.pk}/share/friends/{key()}/end/")
    assert ended.status_code == 302
    for path in ("", "together/", "picture/0.webp"):
        assert friend.get(f"/d/{key()}/{path}").status_code == 410
    assert friend.post(f"/d/{key()}/choose/", {"set": "height:300"}).status_code == 410
    assert Client().get(f"/with/{key()}/", follow=True).status_code == 410
    assert client.get(f"/d/{design.pk}/").status_code == 200
    assert client.post(f"/d/{design.pk}/share/friends/{key()}/end/").status_code == 404
    former = key()
    assert friends.invite(design=design, may_edit=True, host="").pk != former


def test_only_the_owner_ends_it(client: Client, friend: Client) -> None:
    other = kit.started()
    assert client.post(f"/d/{other.pk}/share/friends/{key()}/end/").status_code == 404
    assert friend.get(f"/d/{key()}/").status_code == 200


def test_both_see_who_is_here_and_where(client: Client, friend: Client, design: Design) -> None:
    asks(friend, key(), design.revision, THEIRS, step="look")
    page = asks(client, design.pk, design.revision, MINE)
    assert page.headers["HX-Retarget"] == "#together-here"
    assert "Ana is here, at Look" in page.content.decode()
    mark = re.search(r'data-mark="(\w+)"', page.content.decode())
    assert mark is not None
    again = asks(client, design.pk, design.revision, MINE, here=mark[1])
    assert again.status_code == 204
    Presence.objects.filter(tab=THEIRS).update(seen_at="2020-01-01T00:00Z")
    gone = asks(client, design.pk, design.revision, MINE, here=mark[1])
    assert "Nobody else is here now" in gone.content.decode()


def test_what_the_other_chose_is_told_and_shown(
    client: Client, friend: Client, design: Design
) -> None:
    seen = design.revision
    asks(friend, key(), seen, THEIRS)
    now = chosen(design, "height", 300, THEIRS)
    page = asks(client, design.pk, seen, MINE)
    text = page.content.decode()
    assert "Ana chose 300 mm (" in text
    assert page.headers["X-Design-Revision"] == str(now.revision)
    assert 'id="together-here"' in text
    own = asks(friend, key(), seen, THEIRS)
    assert "chose" not in own.content.decode()


def test_every_kind_of_change_is_told(design: Design) -> None:
    tab = THEIRS
    friends.arrive(design, friends.Visitor(tab, "Ana", True, ""))

    def told(change: Any) -> list[str]:
        before = Design.objects.get(pk=design.pk).revision
        change(Edit(design.pk, before, tab))
        now = Design.objects.get(pk=design.pk)
        product = released(now.release_id)
        return friends.done_by_others(now, product, before, MINE, "en")

    assert told(lambda edit: wizard.clear(edit=edit, option="height")) == [
        "Ana left it open: Height"
    ]
    assert told(lambda edit: wizard.write_text(edit=edit, option="engraving", text="Ox")) == [
        "Ana wrote “Ox” (Text)"
    ]
    assert told(lambda edit: wizard.undo(edit=edit)) == ["Ana undid a change"]
    assert told(lambda edit: wizard.redo(edit=edit)) == ["Ana brought a change back"]
    assert told(lambda edit: wizard.finish(edit=edit)) == ["Ana decided all the rest"]


def test_many_changes_are_told_in_one_line(design: Design) -> None:
    since = design.revision
    for height in (300, 350, 400, 450):
        design = chosen(design, "height", height, THEIRS)
    product = released(design.release_id)
    said = friends.done_by_others(design, product, since, MINE, "en")
    assert said == ["Others have changed several things."]


def test_clicks_at_once_are_merged_or_both_shown(
    client: Client, friend: Client, design: Design
) -> None:
    seen = str(design.revision)

    def post(who: Client, of: Any, tab: str, what: str) -> Any:
        form = {"set": what, "revision": seen, "tab": tab}
        return who.post(f"/d/{of}/choose/", form, headers=HTMX)

    assert post(friend, key(), THEIRS, "height:300").status_code == 200
    merged = post(client, design.pk, MINE, "dimmer:no")
    assert merged.status_code == 200
    design.refresh_from_db()
    choices = design.state["choices"]
    assert (choices["height"], choices["dimmer"]) == (300, False)
    asked = post(client, design.pk, MINE, "height:350")
    assert asked.status_code == 409
    assert "300 mm" in asked.content.decode()
    assert "350 mm" in asked.content.decode()


@pytest.mark.parametrize(
    "query", [{}, {"tab": "x", "revision": "1"}, {"tab": MINE, "revision": "-1"}]
)
def test_a_question_that_makes_no_sense_is_not_answered(
    client: Client, design: Design, query: dict[str, str]
) -> None:
    assert client.get(f"/d/{design.pk}/together/", query).status_code == 204
    assert not Presence.objects.exists()


def test_a_name_that_can_not_be_is_refused(client: Client, design: Design) -> None:
    bad = client.post(f"/d/{design.pk}/share/friends/", {"author": "<i>"})
    assert bad.status_code == 422
    assert 'id="host-error"' in bad.content.decode()
    invitation = friends.invite(design=design, may_edit=True, host="")
    bad = client.post(f"/with/{invitation.pk}/", {"author": "\u202e"})
    assert bad.status_code == 422
    assert 'id="author-error"' in bad.content.decode()


def test_inviting_twice_gives_one_link(client: Client, design: Design) -> None:
    for _time in range(2):
        client.post(f"/d/{design.pk}/share/friends/", {"author": "Marta", "may": "edit"})
    client.post(f"/d/{design.pk}/share/friends/", {"may": "look"})
    assert sorted(Invitation.objects.values_list("may_edit", flat=True)) == [False, True]
    page = client.get(f"/d/{design.pk}/share/").content.decode()
    assert all(str(each.pk) in page for each in Invitation.objects.all())
