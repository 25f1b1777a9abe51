"""The admin shows orders and jobs, hides whom they are for, and retries parked jobs."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from configurator.wizard.models import Design
from orders.models import Job, Order
from orders.roles import FACTORY_LEAD_PERMISSIONS
from tests.orders import kit

PAGES = ["order", "specification", "job", "paper"]


@pytest.fixture
def placed(design: Design) -> Order:
    return kit.order(design)


@pytest.fixture
def lead(client: Client, db: Any) -> Client:
    """The browser of a factory lead who may enter the admin."""
    user = User.objects.create_user("lead", password="x", is_staff=True)
    names = [name.split(".")[1] for name in FACTORY_LEAD_PERMISSIONS]
    found = Permission.objects.filter(codename__in=names)
    assert found.count() == len(names)
    user.user_permissions.set(found)
    client.force_login(user)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_nothing_can_be_added(admin_client: Client, placed: Order, page: str) -> None:
    assert admin_client.get(f"/admin/orders/{page}/").status_code == 200
    assert admin_client.get(f"/admin/orders/{page}/add/").status_code == 403


def test_a_superuser_sees_everything_and_changes_nothing(
    admin_client: Client, placed: Order
) -> None:
    url = f"/admin/orders/order/{placed.pk}/change/"
    page = admin_client.get(url).content.decode()
    assert "Zofia" in page
    assert placed.token not in page
    assert admin_client.post(url, {"name": "Eve"}).status_code == 403


def test_a_lead_does_not_see_whom_it_is_for(lead: Client, placed: Order) -> None:
    page = lead.get(f"/admin/orders/order/{placed.pk}/change/").content.decode()
    assert placed.number in page
    for hidden in ("Zofia", "zofia@example.com", "Ducha", "Kraków", placed.token):
        assert hidden not in page
    assert placed.number not in lead.get("/admin/orders/order/?q=zofia").content.decode()


def test_parked_jobs_are_retried(lead: Client, placed: Order) -> None:
    job = Job.objects.all()[0]
    Job.objects.filter(pk=job.pk).update(state=Job.State.PARKED, error="it broke", attempts=8)
    assert "it broke" in lead.get("/admin/orders/job/?state=parked").content.decode()
    lead.post("/admin/orders/job/", {"action": "retry", "_selected_action": [str(job.pk)]})
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DUE, 0)


def test_retrying_needs_its_permission(client: Client, placed: Order) -> None:
    user = User.objects.create_user("watcher", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_job"))
    client.force_login(user)
    Job.objects.update(state=Job.State.PARKED)
    pks = [str(pk) for pk in Job.objects.values_list("pk", flat=True)]
    client.post("/admin/orders/job/", {"action": "retry", "_selected_action": pks})
    assert not Job.objects.filter(state=Job.State.DUE).exists()


@pytest.mark.parametrize(
    "guess", ["email__startswith=z", "name__contains=Zof", "token__startswith=a", "browser=x"]
)
def test_a_lead_cannot_guess_whom_it_is_for(lead: Client, placed: Order, guess: str) -> None:
    """Filters in the address would tell a secret letter by letter."""
    answer = lead.get(f"/admin/orders/order/?{guess}")
    assert answer.status_code == 400
    assert lead.get("/admin/orders/order/?state=placed").status_code == 200


def test_nobody_guesses_the_order_s_token(admin_client: Client, placed: Order) -> None:
    assert admin_client.get("/admin/orders/order/?token__startswith=a").status_code == 400
    assert admin_client.get("/admin/orders/order/?email__startswith=z").status_code == 200


def test_actions_on_rows_that_cannot_be(lead: Client, placed: Order) -> None:
    for key in ("x", "\x00", "9" * 40):
        form = {"action": "retry", "_selected_action": key}
        assert lead.post("/admin/orders/job/", form).status_code == 302
