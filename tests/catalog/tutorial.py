"""Follows a tutorial to the letter: chooses its links, fills in its tables, presses its buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.catalog.forms import Field, Page

ACT = re.compile(
    r"(?P<choose>[Cc]hoose (?:\*\*[^*]+\*\*(?: › )?)+)"
    r"|(?P<press>[Pp]ress \*\*(?P<button>[^*]+)\*\*)"
    r"|(?P<back>Go back)"
    r"|(?P<at>[Aa]t \*\*(?P<group>New option in [^*]+)\*\*)"
    r"|(?P<paste>paste into \*\*(?P<into>[^*]+)\*\*)"
    r"|(?P<open>Open `(?P<address>[^`]+)`)"
    r"|(?P<read>[Yy]ou read (?:“[^”]+”(?: and )?)+)"
)
ROW = re.compile(r"\| (?P<field>[^|]+) \| (?P<value>[^|]+) \|")
QUOTED = re.compile(r"“([^”]+)”")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


@dataclass
class Reader:
    """Somebody with the tutorial in one hand."""

    client: Client
    files: Path
    wait: Callable[[], object]  # until the work in the background is done
    at: str = ""
    page: Page = field(init=False)
    entered: dict[str, str] = field(default_factory=dict)
    before: Page | None = None
    acts: int = 0

    def __post_init__(self) -> None:
        self.page = Page("", "/")
        self.go("/admin/")

    def go(self, address: str) -> None:
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        self._see(answer)

    def _see(self, answer: Any) -> None:
        query = answer.request.get("QUERY_STRING", "")
        address = answer.request["PATH_INFO"] + (f"?{query}" if query else "")
        self.page = Page(answer.content.decode(), address)

    def follow(self, text: str) -> None:
        """Do what a part of the tutorial says, line by line."""
        lines = iter(text.splitlines())
        for line in lines:
            if row := ROW.fullmatch(line.strip()):
                self._enter(row["field"], row["value"])
            elif line.strip() == "```text":
                self._paste(lines)
            else:
                for act in ACT.finditer(line):
                    self._act(act)

    def _enter(self, label: str, value: str) -> None:
        if label not in ("field", "---"):
            self.entered[label] = value

    def _paste(self, lines: Any) -> None:
        rows = []
        for line in lines:
            if line.strip() == "```":
                break
            rows.append(line.removeprefix("   "))
        self.entered[self.at] = "\n".join(rows)
        self.at = ""

    def _act(self, act: re.Match[str]) -> None:
        self.acts += 1
        if act["choose"]:
            for words in BOLD.findall(act["choose"]):
                self.choose(words)
        elif act["press"]:
            self.press(act["button"])
        elif act["back"]:
            assert self.before is not None
            self.page = self.before
        elif act["at"]:
            self.at = act["group"]
        elif act["paste"]:
            self.at = act["into"]
        elif act["open"]:
            self.go(act["address"])
        else:
            for words in QUOTED.findall(act["read"]):
                self.read(words)

    def choose(self, words: str) -> None:
        assert words in self.page.links, f"no link “{words}” at {self.page.base}"
        self.go(self.page.links[words])

    def read(self, words: str) -> None:
        if words not in self.page.text:
            self.wait()
            answer = self.client.get(self.page.base, follow=True)
            self._see(answer)
        assert words in self.page.text, f"no “{words}” at {self.page.base}: {self.page.text}"

    def press(self, words: str) -> None:
        button = self._button(words)
        page, entered, self.entered = self.page, dict(self.entered), {}
        files = self._files(entered, button)
        data = page.filled(button, entered)
        answer = self.client.post(page.action(button), {**data, **files}, follow=True)
        told = Page(answer.content.decode(), page.base).text if answer.status_code != 200 else ""
        assert not told, (page.base, words, entered, told)
        self.before, self.at = page, ""
        self._see(answer)
        if words == "Try it":
            self.before.enter(button.form, entered)

    def _button(self, words: str) -> Field:
        """The button of the form that has all fields which were filled in."""
        group = self.at if self.at.startswith("New option in") else ""
        found = [
            each
            for each in self.page.fields
            if each.words == words
            and (not group or each.group == group)
            and all(self.page.has(label, each.form) for label in self.entered)
        ]
        assert found, f"no “{words}” with {list(self.entered)} at {self.page.base}"
        return found[0]

    def _files(self, entered: dict[str, str], button: Field) -> dict[str, Any]:
        """Fields for files, out of what was entered."""
        found = {}
        for label in list(entered):
            known = self.page.labelled(label, button.form)
            if known.kind == "file":
                names = entered.pop(label).split(", ")
                found[known.name] = [
                    SimpleUploadedFile(name, (self.files / name).read_bytes()) for name in names
                ]
        return found
