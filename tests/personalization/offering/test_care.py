"""Two tabs, double presses, ends that have passed: nothing is undone or made twice by accident."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from orders.models import Job
from orders.promo import batches
from orders.promo.models import PromoCode, Promotion
from personalization.offering import services
from personalization.offering.forms import TermsForm
from tests.personalization.offering.kit import offer
from tests.personalization.offering.test_pages import TERMS, URL, made

LATER, BEFORE = timedelta(days=3), timedelta(days=-3)


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_who_saves_after_somebody_else_is_told_first(marketer: Client) -> None:
    url = f"{URL}{offer().pk}/edit/"
    mine = {**TERMS, "percent": "20", "seen": hidden(marketer.get(url).text, "seen")}
    theirs = {**TERMS, "percent": "30", "seen": mine["seen"]}
    assert marketer.post(url, theirs).status_code == 302
    answer = marketer.post(url, mine)
    assert answer.status_code == 409
    assert "Somebody has changed this offer" in answer.text
    assert 'value="20"' in answer.text
    assert Promotion.objects.get().percent == 30
    again = {**mine, "seen": hidden(answer.text, "seen")}
    assert marketer.post(url, again).status_code == 302
    assert Promotion.objects.get().percent == 20


def test_an_offer_is_kept_with_its_products_or_not_at_all(
    marketer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without them it would be for all products."""

    def killed(_form: TermsForm) -> None:
        raise RuntimeError

    monkeypatch.setattr(TermsForm, "_save_m2m", killed)
    with pytest.raises(RuntimeError):
        made(marketer)
    assert not Promotion.objects.exists()


def test_codes_are_used_meanwhile_without_being_a_change(marketer: Client) -> None:
    url = f"{URL}{offer().pk}/edit/"
    seen = hidden(marketer.get(url).text, "seen")
    Promotion.objects.update(used=4)
    assert marketer.post(url, {**TERMS, "seen": seen}).status_code == 302


def test_codes_that_are_asked_for_twice_are_made_once(marketer: Client) -> None:
    url = f"{URL}{offer().pk}/"
    sent = {"count": "7", "there": hidden(marketer.get(url).text, "there")}
    assert marketer.post(f"{url}codes/", sent).status_code == 302
    answer = marketer.post(f"{url}codes/", sent)
    assert answer.status_code == 422
    assert "7 codes were made" in answer.text
    assert PromoCode.objects.count() == 7
    again = {**sent, "there": hidden(answer.text, "there")}
    assert marketer.post(f"{url}codes/", again).status_code == 302
    assert PromoCode.objects.count() == 14


def test_no_more_codes_than_orders_that_are_left(marketer: Client) -> None:
    made_offer = offer(terms={"limit": 5, "used": 2})
    answer = marketer.post(f"{URL}{made_offer.pk}/codes/", {"count": "4"})
    assert answer.status_code == 422
    assert "Only 3 more orders" in answer.text
    assert marketer.post(f"{URL}{made_offer.pk}/codes/", {"count": "3"}).status_code == 302


def test_ten_thousand_codes_at_a_time(marketer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert batches.MOST == 10_000
    answer = marketer.post(f"{URL}{offer().pk}/codes/", {"count": "10001"})
    assert answer.status_code == 422
    assert "10000" in answer.text


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"active": False}, "off"),
        ({"ends_at": timezone.now() + BEFORE}, "over"),
        ({"limit": 2, "used": 2}, "used up"),
        ({"starts_at": timezone.now() + LATER}, "from "),
    ],
)
def test_why_nobody_is_given_it_now_is_said(
    marketer: Client, terms: dict[str, Any], said: str
) -> None:
    url = f"{URL}{offer(terms=terms).pk}/"
    assert f'<span class="badge">{said}' in marketer.get(URL).text
    assert f'<span class="badge">{said}' in marketer.get(url).text
    answer = marketer.post(f"{url}mint/", follow=True)
    assert "Nobody is given it now" in answer.text
    assert not Job.objects.filter(kind=services.MINT).exists()


def test_an_end_that_has_passed_is_kept_and_told(marketer: Client) -> None:
    answer = made(marketer, ends_at="2020-01-01T10:00")
    assert "Nobody is given it now (over)." in marketer.get(answer["Location"]).text
