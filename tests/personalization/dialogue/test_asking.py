"""Customers ask where they are, about the whole or one option, and find the answer there."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from configurator.sharing.friends import invite
from configurator.wizard.models import Design
from orders.models import Job, Order
from personalization.dialogue import answering, telling
from personalization.dialogue.models import Thread

MARKUP = "Is <b>oak</b> & {{ x }} <script>alert(1)</script> fine?"


def sent_to(client: Client, url: str, **data: str) -> Any:
    return client.post(url, {"words": "Does it fit?", **data})


def answered(thread: Thread, **texts: str) -> None:
    answering.answer(thread=thread, texts=texts, by=None, seen=thread.version)


def mailed() -> None:
    for job in Job.objects.filter(kind=answering.TELL, state="due"):
        telling.tell(job.pk)


def test_a_question_about_a_design_keeps_its_revision_option_and_value(
    client: Client, design: Design
) -> None:
    url = f"/d/{design.pk}/question/"
    assert "Shade" in client.get(url).content.decode()
    response = sent_to(client, url, option="shade", email="ana@example.com", author="Ana")
    thread = Thread.objects.get()
    assert response.url == f"/talk/{thread.token}/"
    assert (thread.design, thread.revision) == (design, design.revision)
    assert (thread.option, thread.value) == ("shade", "glass")
    assert (thread.state, thread.shown, thread.public) == ("open", "new", False)
    assert thread.due_at is not None
    assert thread.person is not None


def test_the_answer_stands_where_was_asked_and_is_mailed_once(
    client: Client, design: Design
) -> None:
    sent_to(client, f"/d/{design.pk}/question/", email="ana@example.com")
    thread = Thread.objects.get()
    assert "Your question is with us" in client.get(f"/d/{design.pk}/").content.decode()
    answered(thread, en="It does, by a hair.", pl="Tak, na styk.")
    assert "We have answered your question" in client.get(f"/d/{design.pk}/").content.decode()
    page = client.get(f"/d/{design.pk}/question/").content.decode()
    assert "It does, by a hair." in page
    mailed()
    again = Job.objects.get(kind=answering.TELL)
    Job.objects.create(kind=again.kind, queue="mail", payload=again.payload)
    mailed()
    (sent,) = mail.outbox
    assert sent.to == ["ana@example.com"]
    assert "It does, by a hair." in sent.body
    assert f"/talk/{thread.token}/" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_reader_of_another_language_gets_the_answer_in_theirs(
    client: Client, design: Design
) -> None:
    client.cookies["django_language"] = "pl"
    sent_to(client, f"/d/{design.pk}/question/", email="ana@example.com")
    thread = Thread.objects.get()
    assert thread.language == "pl"
    answered(thread, en="It does.", pl="Tak, pasuje.")
    assert "Tak, pasuje." in client.get(f"/talk/{thread.token}/").content.decode()
    mailed()
    assert "Tak, pasuje." in mail.outbox[0].body
    assert mail.outbox[0].subject == "Nasza odpowiedź"


def test_a_question_about_an_order_is_answered_on_its_page(client: Client, order: Order) -> None:
    sent_to(client, f"/o/{order.token}/1/question/", option="height")
    thread = Thread.objects.get()
    assert (thread.line, thread.value) == (order.lines.get(), "450")
    answered(thread, en="Easily.")
    page = client.get(f"/o/{order.token}/").content.decode()
    assert "Does it fit?" in page
    assert "Easily." in page
    assert (
        "Easily." not in client.get(f"/d/{order.lines.get().design_id}/question/").content.decode()
    )


def test_on_a_products_page_stands_only_what_is_answered_approved_and_may_be_shown(
    client: Client, lamp: None
) -> None:
    sent_to(client, "/p/desk-lamp/question/", public="1", author="Ana")
    thread = Thread.objects.get()

    def stands() -> bool:
        pages = [client.get(f"/p/desk-lamp/{rest}").content.decode() for rest in ("", "said/")]
        assert ("Does it fit?" in pages[0]) == ("Does it fit?" in pages[1])
        return "Does it fit?" in pages[0]

    assert not stands()
    answering.show(thread=thread, shown=True)
    assert not stands()
    answered(thread, en="It does.")
    assert stands()
    answering.show(thread=thread, shown=False)
    assert not stands()


def test_nothing_is_shown_against_its_authors_will(client: Client, lamp: None) -> None:
    sent_to(client, "/p/desk-lamp/question/")
    with pytest.raises(ValidationError):
        answering.show(thread=Thread.objects.get(), shown=True)


def test_markup_is_printed_literally_everywhere(client: Client, order: Order) -> None:
    sent_to(client, f"/o/{order.token}/1/question/", words=MARKUP, author="<i>A", public="1")
    thread = Thread.objects.get()
    answered(thread, en="No <u>markup</u>")
    answering.show(thread=thread, shown=True)
    for url in (f"/talk/{thread.token}/", f"/o/{order.token}/", "/p/desk-lamp/said/"):
        page = client.get(url).content.decode()
        assert "Is &lt;b&gt;oak&lt;/b&gt; &amp; {{ x }} &lt;script&gt;" in page
        assert "No &lt;u&gt;markup&lt;/u&gt;" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("words", text) for text in ("", "   ", "?!", "x" * 2001, "x" * 200_000, "a\x00b")),
        *(("words", text) for text in ("a\u202eb", "e" + "\u0301" * 200)),
        *(("email", text) for text in ("no", "a@b", "a@" + "x" * 300 + ".com", "a@x.com\nBcc: b")),
        *(("author", text) for text in ("a\nb", "y" * 41, "...")),
        *(("option", text) for text in ("nothing", "x" * 5000)),
    ],
)
def test_what_can_not_stay_is_told_at_its_field_and_nothing_is_lost(
    client: Client, design: Design, field: str, value: str
) -> None:
    data = {"words": "Does it fit?", "email": "ana@example.com", "author": "Ana", field: value}
    response = client.post(f"/d/{design.pk}/question/", data)
    assert response.status_code == 422
    page = response.content.decode()
    assert f'id="{field}_error"' in page
    for name, kept in (("words", "Does it fit?"), ("email", "ana@example.com"), ("author", "Ana")):
        assert name == field or kept in page
    assert not Thread.objects.exists()


def test_a_flood_is_slowed_down_and_nothing_is_lost(
    client: Client, design: Design, settings: Any
) -> None:
    settings.TALKS_PER_BROWSER = settings.TALKS_PER_ADDRESS = 2
    for _time in range(2):
        assert sent_to(client, f"/d/{design.pk}/question/").status_code == 302
    refused = sent_to(client, f"/d/{design.pk}/question/", words="And this?")
    assert refused.status_code == 429
    assert "And this?" in refused.content.decode()
    assert Thread.objects.count() == 2


def test_who_writes_again_waits_for_an_answer_again(client: Client, design: Design) -> None:
    sent_to(client, f"/d/{design.pk}/question/")
    thread = Thread.objects.get()
    answered(thread, en="It does.")
    thread.refresh_from_db()
    assert (thread.state, thread.due_at) == ("answered", None)
    client.post(f"/talk/{thread.token}/", {"words": "Even upside down?"})
    thread.refresh_from_db()
    assert thread.state == "open"
    assert thread.due_at is not None
    assert [each.ours for each in thread.messages.all()] == [False, True, False]


def test_it_is_theirs_to_delete(client: Client, design: Design) -> None:
    sent_to(client, f"/d/{design.pk}/question/")
    token = Thread.objects.get().token
    assert client.get(f"/talk/{token}/delete/").status_code == 405
    client.post(f"/talk/{token}/delete/")
    assert not Thread.objects.exists()


def test_leaving_is_one_click_without_a_cookie_also_while_a_mail_waits(
    client: Client, design: Design
) -> None:
    sent_to(client, f"/d/{design.pk}/question/", email="ana@example.com")
    thread = Thread.objects.get()
    answered(thread, en="It does.")
    browser = Client(enforce_csrf_checks=True)
    url = f"/talk/{thread.token}/quiet/"
    browser.get(url)
    thread.refresh_from_db()
    assert not thread.quiet
    body = "List-Unsubscribe=One-Click"
    kind = "application/x-www-form-urlencoded"
    assert browser.post(url, body, content_type=kind).status_code == 200
    mailed()
    assert mail.outbox == []


@pytest.mark.parametrize("url", ["/talk/{}/", "/talk/{}/quiet/", "/o/{}/1/question/"])
def test_foreign_addresses_open_nothing(client: Client, design: Design, url: str) -> None:
    sent_to(client, f"/d/{design.pk}/question/")
    token = Thread.objects.get().token
    other = token[:-1] + ("-" if token[-1] == "_" else "_")
    for wrong in ("x", token[:-1], other, str(design.pk)):
        assert client.get(url.format(wrong)).status_code == 404
        assert client.post(url.format(wrong), {"words": "Hello there"}).status_code == 404


def test_friends_at_a_design_do_not_read_its_owners_talks(client: Client, design: Design) -> None:
    sent_to(client, f"/d/{design.pk}/question/", words="A secret?")
    friend = invite(design=design, may_edit=True, host="")
    refused = Client().get(f"/d/{friend.pk}/question/")
    assert refused.status_code == 403
    assert "A secret?" not in refused.content.decode()
    assert "Your question is with us" not in Client().get(f"/d/{friend.pk}/").content.decode()
