"""A customer who orders over HTTP, with cookies and nothing else."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


class Customer:
    """Keeps its cookies; follows no redirects."""

    def __init__(self, base: str) -> None:
        self.base = base
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies, _StayHere)

    def get(self, path: str) -> str:
        with self._opener.open(self.base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def press(self, page: str, action: str, **fields: str) -> str:
        """Fill in the form of a page which posts to `action`; where that leads."""
        form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', self.get(page), re.S)
        assert form, f"{page} has no form for {action}"
        hidden = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form[0])
        return self.post(action, {**dict(hidden), **fields})

    def order(self, design: str, form: dict[str, Any]) -> str:
        """Post the order form; where it leads."""
        page = self.get(f"/d/{design}/review/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, page
        return self.post(f"/d/{design}/order/", {**form, "csrfmiddlewaretoken": token[1]})

    def post(self, path: str, form: dict[str, Any]) -> str:
        data = urllib.parse.urlencode(form).encode()
        try:
            self._opener.open(self.base + path, data, timeout=60).close()
        except urllib.error.HTTPError as answer:
            with answer:
                if answer.code in (302, 303):
                    return str(answer.headers["Location"])
                raise RuntimeError(answer.read().decode()) from answer
        raise RuntimeError("the order was not placed")


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None
