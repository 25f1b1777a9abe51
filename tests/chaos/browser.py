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
        with self._opener.open(self.base + path, timeout=20) as answer:
            return str(answer.read().decode())

    def order(self, design: str, form: dict[str, Any]) -> str:
        """Post the order form; where it leads."""
        page = self.get(f"/d/{design}/review/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, page
        return self.post(f"/d/{design}/order/", {**form, "csrfmiddlewaretoken": token[1]})

    def post(self, path: str, form: dict[str, Any]) -> str:
        data = urllib.parse.urlencode(form).encode()
        try:
            self._opener.open(self.base + path, data, timeout=20).close()
        except urllib.error.HTTPError as answer:
            with answer:
                if answer.code == 302:
                    return str(answer.headers["Location"])
                raise RuntimeError(answer.read().decode()) from answer
        raise RuntimeError("the order was not placed")


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None
