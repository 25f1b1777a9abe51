"""Who puts a design into the gallery is told what is decided about it."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client

from accounts import decisions
from configurator.sharing import gallery
from configurator.sharing.models import Entry
from configurator.wizard.models import Design
from orders.models import Job
from tests.orders import kit

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.com"


@pytest.fixture
def design(db: None) -> Design:
    kit.import_lamp()
    return kit.whole_design()


def put_in(design: Design, **more: str) -> Entry:
    return gallery.submit(design=design, title="Night & light", author="Ana", **more)


def told() -> list[bool]:
    jobs = Job.objects.filter(kind=gallery.TELL).order_by("created_at")
    return [decisions.tell(job.pk) for job in jobs]


def read() -> tuple[EmailMessage, str]:
    """The mail that was sent, and its laid-out part."""
    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    ((html, _kind),) = sent.alternatives
    return sent, str(html)


def test_that_it_is_shown(design: Design) -> None:
    gallery.approve(entry=put_in(design, email=EMAIL, language="es"), by="mo")
    assert told() == [True]
    assert told() == [False]
    sent, html = read()
    assert sent.to == [EMAIL]
    assert sent.subject == "Tu diseño está en la galería"
    assert "Night &amp; light" in html
    assert Entry.objects.get().share.token in str(sent.body)


def test_that_it_is_not_and_why(design: Design) -> None:
    gallery.decline(entry=put_in(design, email=EMAIL), by="mo", reason="A trademark is on it")
    told()
    sent, html = read()
    for text in (str(sent.body), html):
        assert "A trademark is on it" in text
        assert f"/d/{design.pk}/" in text


def test_what_is_decided_anew_is_told_as_it_is(design: Design) -> None:
    entry = put_in(design, email=EMAIL)
    gallery.approve(entry=entry, by="mo")
    gallery.decline(entry=entry, by="mo", reason="Somebody complained")
    told()
    assert [sent.subject for sent in mail.outbox] == ["Your design is not shown"]


def test_nobody_is_told_who_left_no_address_or_took_it_out(design: Design) -> None:
    entry = put_in(design)
    gallery.approve(entry=entry, by="mo")
    assert told() == []
    gallery.withdraw(design=design)
    entry = put_in(design, email=EMAIL)
    gallery.approve(entry=entry, by="mo")
    gallery.withdraw(design=design)
    assert told() == [True]
    assert mail.outbox == []


def test_an_address_that_is_none_is_told_at_its_field(design: Design, client: Client) -> None:
    form = {"title": "Light", "author": "Ana", "email": "ana@"}
    page = client.post(f"/d/{design.pk}/share/gallery/", form)
    assert page.status_code == 422
    assert "no email address" in page.text
    assert 'value="ana@"' in page.text
    assert not Entry.objects.exists()
