"""Who may do what: every address × method × role, the admin's too.

`RULES` says for every address who is answered; an address that it does not name fails the test.
Customers are people without a role, with or without an account: what they may see hangs on the
id of a design and the token of an order, which nobody can guess.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from configurator.catalog.models import (
    Product,
)
from configurator.wizard.models import Design
from orders.factory.models import WorkOrder
from orders.models import Order
from orders.quotes.models import Quote
from project.roles import ROLES
from tests.effort import EFFORT, thorough, thoroughly
from tests.orders import kit
from tests.project.access_admin_rules import ADMIN_RULES
from tests.project.access_roles import (
    EVERYBODY,
    GUEST,
    LEAD,
    MARKETER,
    METHODS,
    OPERATOR,
    SENDING,
    SUPERUSER,
    Rule,
)
from tests.project.access_rules import SITE_RULES
from tests.project.access_world import World, build_world

pytestmark = pytest.mark.django_db
RULES = (*SITE_RULES, *ADMIN_RULES)

THOROUGHLY = [role if role in {GUEST, MARKETER} else thoroughly(role) for role in EVERYBODY]


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every route of the site."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


ROUTES = sorted(set(routes()))


def methods_of(route: str, role: str) -> tuple[str, ...]:
    """The admin's pages are many, and all look at nothing but whether it is a POST.

    That a DELETE is a GET to them is seen by who may everything, and by who may nothing. Elsewhere
    what is neither read nor sent is refused before anybody is asked who they are: a guest sees it.
    """
    if not route.startswith("admin/"):
        return METHODS if role == GUEST or EFFORT >= 1 else ("get", "post")
    return ("get", "post", "delete") if role in (GUEST, SUPERUSER) else ("get", "post")


@cache
def rules_of(route: str) -> list[Rule]:
    return [rule for rule in RULES if re.fullmatch(rule.address, route)]


def test_every_route_is_named_once() -> None:
    assert {route: len(rules_of(route)) for route in ROUTES if len(rules_of(route)) != 1} == {}
    assert len(ROUTES) > 100


def test_every_rule_names_a_route() -> None:
    idle = [r.address for r in RULES if not any(re.fullmatch(r.address, a) for a in ROUTES)]
    assert idle == []


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    return build_world(settings, tmp_path)


def browser_of(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role == GUEST:
        return client
    if role == SUPERUSER:
        client.force_login(User.objects.create_superuser("root"))
        return client
    known = {known.group: known for known in ROLES}
    staff = role in known and known[role].admin_site
    user = User.objects.create_user(role.replace(" ", "-"), is_staff=staff)
    if role in known:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def state_of(world: World) -> tuple[Any, ...]:
    """What reading may not change."""
    work_order = WorkOrder.objects.get(pk=world.work_order.pk)
    counted = (model.objects.count() for model in (Order, Product, Design, Quote, User))
    return work_order.state, work_order.version, *counted


def expected(role: str, rule: Rule, method: str) -> set[int]:
    """The codes that are right. What is allowed may still be 404, 409 or 422 with an empty form."""
    if method not in rule.methods:
        return {405, 403, 302}
    if role in rule.who:
        return {200, 202, 204, 302, 303, 400, 403, 404, 405, 409, 410, 422, 428, 429}
    return {302, 401, 403, 404, 405}


@pytest.mark.parametrize("role", THOROUGHLY)
def test_everybody_gets_what_the_table_says(role: str, world: World) -> None:
    client = browser_of(role)
    wrong = []
    before = state_of(world)
    for method in sorted(METHODS, key=SENDING.__contains__):  # all is read before anything is sent
        if method in SENDING:
            assert state_of(world) == before
        for route in ROUTES:
            (rule,) = rules_of(route)
            if method not in methods_of(route, role):
                continue
            answer = getattr(client, method)(world.path(route))
            if not (
                answer.status_code in expected(role, rule, method)
                and _kept_out(role, rule, answer)
                and (method != "get" or _let_in(role, rule, route, answer))
            ):
                wrong.append((method, route, answer.status_code, answer.headers.get("Location")))
            if route == "logout/" and method == "post" and role != GUEST:
                client.force_login(User.objects.latest("pk"))
    assert wrong == [], len(wrong)


def _kept_out(role: str, rule: Rule, answer: Any) -> bool:
    """Who is not meant sees a sign-in page, a refusal, or nothing there."""
    if role in rule.who or answer.status_code != 302:
        return True
    address = answer.headers["Location"]  # the admin leads staff on, to where they are refused
    return "/login/?next=" in address or address.endswith("/change/") or address == "/admin/"


def _let_in(role: str, rule: Rule, route: str, answer: Any) -> bool:
    """Who is meant sees the page: no rule holds only because everything is refused."""
    if role not in rule.who or "get" not in rule.methods or _is_no_page(route):
        return True
    return answer.status_code in (200, 202, 302)


NO_PAGES = (
    "change.<str:size>.pdf",
    # of one's own designs, and of an account with an address
    *(
        "account/designs/<",
        "account/data/",
        "you/mailed/",
        "you/leave/",
        "account/addresses/<",
        "account/confirm",
        "account/passkeys/add",
        "account/passkeys/<",
        *("l/<str:word>", "n/<str:word>"),  # signed for one link, or one message
        *("messages/letters.pdf", "letter.pdf"),  # of messages on paper
    ),
    *("admin/r/", "admin/(?P<url>", "admin/logout/", "admin/autocomplete/", "admin/^"),
    *(
        "photos/",
        "voice",
        "<str:code>/<int:n>",
        "plan/change/",
        "scan/",
        "ask/",
        "artwork/",
        "guide/<slug:kind>",
        "look/",
        "together/",
        "confirmation.pdf",
        "picture",
        "feeds/",
        "marketing/brochures/<uuid:run_key>/",
        "/try/<slug:step_id>/",
        "b/<str:card>/",
        "values/",
        "/designs/",
        "auth/group/<",
        "/explain",
        "/logo",
    ),
)


def _is_no_page(route: str) -> bool:
    """Addresses that need more than an object: a query, an upload, a picture."""
    return any(part in route for part in NO_PAGES) or "layer" in route or "pricerule" in route


FOREIGN = {
    "design_id": str(uuid4()),
    "token": "x" * 32,
    "link": "x" * 22,
    "invitation": str(uuid4()),
    "number": "2020-00001-1",
}
FOREIGN["batch"] = FOREIGN["design_id"]


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_not_there_is_not_found(role: str, world: World) -> None:
    """Foreign, deleted or made up: the same answer for everybody who may ask."""
    client = browser_of(role)
    away = World(world.order, world.work_order, {**world.known, **FOREIGN})
    for route in ROUTES:
        (rule,) = rules_of(route)
        parts = re.findall(r"<(?:uuid|uuidstr|str):(\w+)>", route)
        if route.startswith("admin/") or not FOREIGN.keys() & set(parts):
            continue
        method = next(each for each in ("get", "post", "put") if each in rule.methods)
        answer = getattr(client, method)(away.path(route))
        meant = {404} if role in rule.who else {302, 403}
        if route.startswith("api/shop/"):  # where a body is needed, that is told first
            meant = {404, 400, 422}
        assert answer.status_code in meant, (method, route)


@pytest.mark.parametrize("role", [OPERATOR, thoroughly(LEAD)])
def test_the_factory_never_sees_whom_it_is_for(role: str, world: World) -> None:
    client = browser_of(role)
    hidden = [world.order.token, *(str(value) for value in vars(kit.CONTACT).values() if value)]
    hidden.remove(kit.CONTACT.country)
    for route in ROUTES:
        (rule,) = rules_of(route)
        if not route.startswith(("factory/", "admin/")) or "get" not in rule.methods:
            continue
        page = client.get(world.path(route)).content.decode(errors="replace")
        assert not [secret for secret in hidden if secret in page], route


@thorough
def test_no_state_was_moved_by_walking(world: World) -> None:
    """GET, HEAD, PUT, PATCH and DELETE change nothing, whoever sends them."""
    client = browser_of(SUPERUSER)
    before = state_of(world)
    for route in ROUTES:
        for method in set(METHODS if not route.startswith("admin/") else ["get"]) - {"post"}:
            getattr(client, method)(world.path(route))
    assert state_of(world) == before
