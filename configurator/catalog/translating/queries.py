"""Which texts a product has, page by page, and how many are missing in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from configurator.catalog.models import Option, Product
from configurator.catalog.texts import languages
from configurator.catalog.translating.kinds import (
    KINDS,
    ORDERS,
    TextKind,
    lacking,
    names_an_option,
    rows_of,
)
from configurator.catalog.translating.texts import Text, option_codes, texts_of, written_texts

ROWS_A_PAGE = 30
IN_JSON = ("product", "operation")
"""Kinds of rows that have texts in JSON; there are few of them."""


@dataclass(frozen=True)
class Wanted:
    """Which texts: of one kind (or all), missing in one language (or in "any"), with some words."""

    kind: str = ""
    missing: str = ""
    words: str = ""

    @property
    def kinds(self) -> list[TextKind]:
        return [KINDS[self.kind]] if self.kind in KINDS else list(KINDS.values())

    @property
    def lacks(self) -> list[str]:
        """The languages of which one must be missing."""
        if self.missing == "any":
            return languages()
        return [self.missing] if self.missing in languages() else []

    def takes(self, text: Text) -> bool:
        """Whether a text of a row that fits is one of them."""
        return not self.lacks or bool(set(self.lacks) & set(text.missing))


@dataclass(frozen=True)
class Page:
    """Some of the texts; `rows` is how many rows of the product have such texts."""

    texts: list[Text]
    number: int
    pages: int
    rows: int


def page_of(product: Product, wanted: Wanted, number: int) -> Page:
    """The page with this number, or the nearest one that is there."""
    found = [(kind, _listed(kind, product, wanted)) for kind in wanted.kinds]
    total = sum(listed.count for _kind, listed in found)
    pages = max(1, -(-total // ROWS_A_PAGE))
    number = min(max(1, number), pages)
    start, left = (number - 1) * ROWS_A_PAGE, ROWS_A_PAGE
    texts: list[Text] = []
    codes = option_codes(product)
    for kind, listed in found:
        if start < listed.count and left:
            taken = listed.take(start, start + left)
            left -= len(taken)
            texts += [
                text for row in taken for text in texts_of(kind, row, codes) if wanted.takes(text)
            ]
        start = max(0, start - listed.count)
    return Page(texts, number, pages, total)


class _Listed:
    """The rows of a kind in order, of which few are taken."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.count = rows.select_related(None).order_by().count()

    def take(self, start: int, end: int) -> list[Any]:
        return list(self.rows[start:end])


class _ListedChoices(_Listed):
    """Choices, of which there may be 100,000: found by their options, never all sorted."""

    def __init__(self, rows: QuerySet[Any], product: Product) -> None:
        self.rows = rows
        mine = Option.objects.filter(product=product).order_by(*ORDERS["option"])
        self.options = list(mine.values_list("pk", flat=True))
        grouped = rows.select_related(None).order_by().values_list("option_id")
        self.counts: dict[int, int] = dict(grouped.annotate(count=Count("pk")))
        self.count = sum(self.counts.values())

    def take(self, start: int, end: int) -> list[Any]:
        places: dict[int, int] = {}
        first, seen = 0, 0
        for place, option in enumerate(self.options):
            count = self.counts.get(option, 0)
            if seen + count > start and seen < end:
                first = first if places else seen
                places[option] = place
            seen += count
        rows = self.rows.filter(option_id__in=places).order_by("position", "pk")
        found = sorted(rows, key=lambda row: places[row.option_id])
        return found[start - first : end - first]


def _listed(kind: TextKind, product: Product, wanted: Wanted) -> _Listed:
    rows = _rows(kind, product, wanted)
    return _ListedChoices(rows, product) if kind.name == "choice" else _Listed(rows)


def all_texts(product: Product, wanted: Wanted, *, empty: bool = False) -> Iterator[Text]:
    """Every text, for a file; those that say nothing at all only if `empty`."""
    codes = option_codes(product)
    for kind in wanted.kinds:
        for row in _rows(kind, product, wanted).iterator(chunk_size=2_000):
            for text in texts_of(kind, row, codes):
                if (text.said or empty) and wanted.takes(text):
                    yield text


def _rows(kind: TextKind, product: Product, wanted: Wanted) -> QuerySet[Any]:
    rows = rows_of(kind, product)
    if wanted.lacks:
        some = Q()
        for language in wanted.lacks:
            for field in kind.fields:
                some |= lacking(field, language)
        rows = rows.filter(some | Q(pk__in=_lacking_in_json(kind, product, wanted.lacks)))
    if wanted.words:
        some = Q()
        for field in kind.fields:
            for language in languages():
                some |= Q(**{f"{field.name}_{language}__icontains": wanted.words})
        if kind.name != "product":
            some |= Q(code__icontains=wanted.words)
        rows = rows.filter(some)
    return rows


def _lacking_in_json(kind: TextKind, product: Product, lacks: list[str]) -> list[int]:
    """The few rows of which a text in JSON is missing in one of the languages."""
    if kind.name not in IN_JSON:
        return []
    return [
        row.pk
        for row in rows_of(kind, product)
        if any(set(lacks) & set(text.missing) for text in written_texts(kind, row))
    ]


def missing_counts(product: Product) -> dict[str, int]:
    """How many texts are missing, by language."""
    counts = dict.fromkeys(languages(), 0)
    for kind in KINDS.values():
        rows = rows_of(kind, product).select_related(None).order_by()
        asked: dict[str, Any] = {}
        for field in kind.fields:
            said = {code: NullIf(f"{field.name}_{code}", Value("")) for code in counts}
            read = ~names_an_option() if field.name == "material" else None
            asked |= {
                f"{field.name}_{code}_said": Count(said[code], filter=read) for code in counts
            }
            asked[f"{field.name}_any"] = Count(Coalesce(*said.values()), filter=read)
        found = rows.aggregate(**asked)
        for field in kind.fields:
            for code in counts:
                counts[code] += found[f"{field.name}_any"] - found[f"{field.name}_{code}_said"]
        if kind.name in IN_JSON:
            for row in rows_of(kind, product):
                for text in written_texts(kind, row):
                    for code in text.missing:
                        counts[code] += 1
    return counts
