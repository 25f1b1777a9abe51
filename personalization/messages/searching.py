"""Which messages a marketer looks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personalization.messages.models import Message
from personalization.people.purposes import Channel, Purpose

LONGEST = 120
CHOICES: dict[str, tuple[str | Promise, list[tuple[str, str | Promise]]]] = {
    "state": (_("State"), [*Message.State.choices]),
    "channel": (_("Channel"), [*Channel.choices]),
    "purpose": (_("What for"), [*Purpose.choices]),
}


@dataclass(frozen=True)
class Filter:
    """One field to choose from."""

    name: str
    label: str | Promise
    choices: list[tuple[str, str | Promise]]
    chosen: str


@dataclass(frozen=True)
class Asked:
    """What the page was asked for; anything unknown counts as nothing."""

    q: str = ""
    state: str = ""
    channel: str = ""
    purpose: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Asked":
        known = {
            name: sent.get(name, "")
            for name, (_label, choices) in CHOICES.items()
            if sent.get(name, "") in dict(choices)
        }
        q = sent.get("q", "").replace("\x00", "").strip()[:LONGEST]
        return cls(q=q, **known)

    def rows(self) -> QuerySet[Message]:
        """The messages: `q` is a part of their key or source, or how a person's key begins."""
        rows = Message.objects.all()
        for name in CHOICES:
            if chosen := getattr(self, name):
                rows = rows.filter(**{name: chosen})
        if self.q:
            found = Q(key__icontains=self.q) | Q(source__icontains=self.q)
            rows = rows.filter(found | _of_person(self.q))
        return rows

    def filters(self) -> list[Filter]:
        """The fields as the page shows them."""
        return [
            Filter(name, label, choices, getattr(self, name))
            for name, (label, choices) in CHOICES.items()
        ]

    @property
    def query(self) -> str:
        """The same, for links to other pages of the list."""
        return urlencode({name: said for name, said in vars(self).items() if said})

    def __bool__(self) -> bool:
        return any(vars(self).values())


def _of_person(text: str) -> Q:
    """Those of whom this begins the key, with what was said before they were known as one."""
    plain = text.lower().replace("-", "")
    if len(plain) < 4 or not all(letter in "0123456789abcdef" for letter in plain):
        return Q(pk=None)
    return Q(person__key__startswith=text.lower()) | Q(person__into__key__startswith=text.lower())
