"""A translator's table brought back: first what would change, then that, at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import AnonymousUser, User

from configurator.catalog.content import sha_of
from configurator.catalog.importing.errors import FileProblem, ImportRefused
from configurator.catalog.models import Product
from configurator.catalog.problems import meant, short
from configurator.catalog.publishing import ChangedMeanwhile
from configurator.catalog.texts import FALLBACK
from configurator.catalog.translating.files import Given, read_table
from configurator.catalog.translating.queries import Wanted, all_texts
from configurator.catalog.translating.services import Edit, checked, save_texts
from configurator.catalog.translating.texts import Text, plain
from configurator.engine.words import Words as _


@dataclass(frozen=True)
class Brought:
    """One text that would change in one language."""

    text: Text
    language: str
    before: str
    after: str


@dataclass
class Proposal:
    """What a table would change; `moved` are the texts whose English is another one by now."""

    product: Product
    edits: dict[str, Edit] = field(default_factory=dict)
    changes: list[Brought] = field(default_factory=list)
    moved: list[Text] = field(default_factory=list)

    @property
    def base(self) -> str:
        """Tells whether something else would change than what was looked at."""
        told = [[each.text.id, each.language, each.before, each.after] for each in self.changes]
        return sha_of(told)


def propose_texts(*, product: Product, file: Path, user: User | AnonymousUser) -> Proposal:
    """Read and check a table; raises ImportRefused with all that is wrong and where."""
    given = _once(file, read_table(file))
    found = {
        text.key: text for text in all_texts(product, Wanted(), empty=True) if text.key in given
    }
    problems = [
        FileProblem(row.order, f"There is no text “{short(key)}”.{meant(key, found)}", row.place)
        for key, row in given.items()
        if key not in found
    ]
    texts = {text.id: text for text in found.values()}
    proposal = Proposal(product)
    for key, text in found.items():
        words = {code: said for code, said in given[key].words.items() if code != FALLBACK}
        proposal.edits[text.id] = Edit(words, {})
        english = given[key].words.get(FALLBACK)
        if english is not None and plain(english) != text.said.get(FALLBACK, "") and words:
            proposal.moved.append(text)
    changes = checked(product, texts, proposal.edits, user)
    for id, text in texts.items():
        row = given[text.key]
        for code, error in text.errors.items():
            place, order = row.places.get(code, (row.place, row.order))
            problems.append(FileProblem(order, error, place))
        for code, after in changes[id].items():
            proposal.changes.append(Brought(text, code, text.said.get(code, ""), after))
    if problems:
        raise ImportRefused(file, problems)
    return proposal


def bring_texts(*, proposal: Proposal, base: str, user: User | AnonymousUser) -> int:
    """Save what was proposed; raises ChangedMeanwhile where that is not what was looked at."""
    if base != proposal.base:
        raise ChangedMeanwhile
    return save_texts(product=proposal.product, edits=proposal.edits, user=user)


def _once(file: Path, rows: list[Given]) -> dict[str, Given]:
    """The rows by their keys; no key twice, none without one."""
    given: dict[str, Given] = {}
    problems = []
    for row in rows:
        if not row.key:
            place, order = next(iter(row.places.values()))
            problems.append(FileProblem(order, _("The key is missing in this row."), place))
        elif row.key in given:
            reason = _(
                "“%(name)s” is here twice; it is in %(place)s already.",
                name=short(row.key),
                place=given[row.key].place,
            )
            problems.append(FileProblem(row.order, reason, row.place))
        given.setdefault(row.key, row)
    if problems:
        raise ImportRefused(file, problems)
    return given
