"""Requests that can't be read, and our own failures, end in a page."""

from typing import Any

import pytest
from django.test import Client

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def browser(db: None) -> Client:
    """Checks tokens, as in earnest: that is where unreadable forms are read first."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get("/login/")
    return browser


@pytest.mark.parametrize("path", ["/login/", "/language/setlang/", "/factory/2026-00001-1/start/"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (f"{FORM}; charset=utf-16", b"\xff\xfea=1"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x"),
        (FORM, b"a=1&" * 6000),
    ],
)
def test_what_cannot_be_read_is_said(browser: Client, path: str, kind: str, body: bytes) -> None:
    answer = browser.generic("POST", path, body, content_type=kind)
    assert answer.status_code == 400
    assert "We could not read this" in answer.content.decode()
    assert answer.headers["Content-Security-Policy"]


def test_a_form_too_large_is_told_so(browser: Client) -> None:
    answer = browser.generic("POST", "/login/", b"a=" + b"x" * 3_000_000, content_type=FORM)
    assert answer.status_code == 413
    assert "shorten it" in answer.content.decode()


def test_a_foreign_host_is_refused(browser: Client) -> None:
    assert browser.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("works", [True, False])
def test_a_failure_has_a_page(browser: Client, monkeypatch: Any, works: bool) -> None:
    """Even when it is our pages that fail."""

    def broken(*_args: Any, **_more: Any) -> str:
        raise OSError("disk")

    monkeypatch.setattr("orders.views.render", broken)
    if not works:
        monkeypatch.setattr("project.errors.render_to_string", broken)
    answer = browser.get("/terms/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Something went wrong on our side" in page
    assert "disk" not in page
    assert ("stylesheet" in page) is works


@pytest.mark.parametrize("path", ["/terms/", "/health/", "/", "/login/"])
def test_heads_are_answered(browser: Client, path: str) -> None:
    answer = browser.head(path)
    assert answer.status_code == 200
    assert answer.content == b""
