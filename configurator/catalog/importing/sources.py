"""A product file, read: what it says, where each thing stands in it, where its pictures are."""

import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from configurator.catalog.checks import problems
from configurator.catalog.content import Content
from configurator.catalog.importing.archives import Archive, open_archive
from configurator.catalog.importing.errors import FileProblem, ImportRefused, refuse
from configurator.catalog.importing.lines import Lines
from configurator.catalog.importing.loader import Document, read_bytes, read_yaml
from configurator.catalog.importing.models import content_of_model
from configurator.catalog.importing.normal import cases_of_file, centers_of_file, content_of_file
from configurator.catalog.importing.shelves import Folder, Known, Shelf, Shelves
from configurator.catalog.models import WorkCenter
from configurator.catalog.problems import Problem, short, where
from configurator.catalog.rows import text_of
from configurator.catalog.schema import schema_problems
from configurator.catalog.sheets.cells import Cells
from configurator.catalog.sheets.parsing import parse_book
from configurator.catalog.sheets.reading import SheetError, read_book
from configurator.engine.words import Words as _
from configurator.engine.words import joined

YAML = (".yaml", ".yml")
MODELS = (".xml", ".uvl", ".cnf", ".dimacs")
ARCHIVES = (".zip",)
SHEETS = (".xlsx",)
SHOWN = 8
MOST_SHEETS = 64 * 1024 * 1024
KNOWN = (*YAML, *SHEETS, *ARCHIVES, *MODELS)


@dataclass(frozen=True)
class Source:
    """A file that was read; `document` knows the lines of a YAML file, `lines` of a model, `cells`
    the cells of a workbook."""

    file: Path
    content: Content
    document: Document | None = None
    centers: tuple[Content, ...] = ()
    cases: tuple[Content, ...] | None = None  # None where it says nothing of test cases
    lines: Lines = field(default_factory=Lines)
    archive: Archive | None = None
    cells: Cells | None = None

    @property
    def shelf(self) -> Shelf:
        """Where pictures are looked for: beside the file, then among the product's own."""
        beside: Shelf = self.archive or Folder(self.file.resolve().parent)
        return Shelves((beside, Known.of(self.content["product"]["slug"])))

    def notes(self, used: Collection[str]) -> list[str]:
        """What of an archive is not taken, where only the pictures `used` are."""
        if self.archive is None:
            return []
        idle = [path for path in self.archive.entries if path not in used]
        return [
            f"{told}: {', '.join(map(short, names[:SHOWN]))}{' …' if len(names) > SHOWN else ''}"
            for told, names in (
                (_("Pictures that the product does not name, and that are left out"), idle),
                (_("Neither the product nor a picture, and left out"), list(self.archive.others)),
            )
            if names
        ]


def read_source(file: Path) -> Source:
    """Read a product's file; raises ImportRefused with every problem of its form."""
    suffix = file.suffix.lower()
    if suffix in ARCHIVES:
        return _archive(file)
    if suffix in MODELS:
        content, lines = _model(file)
        return Source(file, content, lines=lines)
    if suffix in SHEETS:
        return _workbook(file, read_bytes(file, MOST_SHEETS))
    if suffix not in YAML and file.is_file():
        known = ", ".join(KNOWN)
        raise refuse(file, _("A product is read from a file that ends in %(known)s.", known=known))
    return _yaml(file)


def _archive(file: Path) -> Source:
    archive = open_archive(file)
    if not archive.product:
        raise refuse(file, _("There is no product.yaml in this archive."))
    try:
        raw = archive.product_bytes()
    except ValueError as error:
        raise refuse(archive.inner, f"The file {error}.") from None
    if archive.product.lower().endswith(SHEETS):
        return _workbook(archive.inner, raw, archive)
    return _yaml(archive.inner, raw, archive)


def _workbook(file: Path, raw: bytes, archive: Archive | None = None) -> Source:
    try:
        book = read_book(io.BytesIO(raw))
    except SheetError as error:
        raise refuse(file, error.args[0]) from None
    data, cells = parse_book(file, book)
    blamed = list(cells.problems)
    if cells.fitting:
        wrong = schema_problems(data)
        if not wrong:
            content = content_of_file(data, _centers())
            if not blamed:
                return Source(file, content, None, **_beside(data), archive=archive, cells=cells)
            wrong = problems(content)
        blamed += _besides(cells, wrong, Source(file, data, cells=cells))
    raise ImportRefused(file, blamed)


def _besides(cells: Cells, found: Iterable[Problem], source: Source) -> list[FileProblem]:
    """Problems in rows of which every cell could be taken."""
    places = [(problem, cells.of(problem.path)) for problem in found]
    return [
        FileProblem(*placed(source, problem))
        for problem, cell in places
        if cell is None or (cell.sheet, cell.row) not in cells.troubled
    ]


def _yaml(file: Path, raw: bytes | None = None, archive: Archive | None = None) -> Source:
    document = read_yaml(file, raw)
    refuse_if(schema_problems(document.data), Source(file, document.data, document))
    content = content_of_file(document.data, _centers())
    return Source(file, content, document, **_beside(document.data), archive=archive)


def _beside(data: dict[str, Any]) -> dict[str, Any]:
    """What a file says and no release has: work centers, and test cases."""
    cases = cases_of_file(data)
    return {
        "centers": tuple(centers_of_file(data)),
        "cases": None if cases is None else tuple(cases),
    }


def _model(file: Path) -> tuple[Content, Lines]:
    if file.is_dir():
        raise refuse(file, _("This is a folder. Name the file in it, like model.xml."))
    if not file.exists():
        raise refuse(file, _("There is no such file."))
    if not file.is_file():  # a device may never end
        raise refuse(file, _("This is not a file."))
    return content_of_model(file)


def _centers() -> dict[str, dict[str, str]]:
    return {center.code: text_of(center, "name") for center in WorkCenter.objects.all()}


def refuse_if(found: Iterable[Problem], source: Source) -> None:
    """Raise ImportRefused where there are problems, each with its place in the file."""
    told = [FileProblem(*placed(source, problem)) for problem in found]
    if told:
        raise ImportRefused(source.file, told)


def placed(source: Source, problem: Problem) -> tuple[int, str, str]:
    """The line of a problem, its message with its place in words, and its cell if it has one."""
    place = where(source.content, problem.path)
    if source.cells is not None:
        return _placed_in_cells(source.cells, problem, place)
    if source.document is None:
        found = [source.lines.line(path) for path in (problem.path, *problem.also)]
        line = next(filter(None, found), 0)
        message = joined("", [problem.message, _see_also({*found} - {0, line})])
        return line, joined(": ", [place, message]), ""
    document = source.document
    line, column = document.line_within(problem.path, problem.line, problem.column)
    lines = _see_also({document.line(path) for path in problem.also})
    at = f" (column {column})" if problem.line and column else ""
    before = f"{place}{at}: " if place else ""
    return line, joined("", [before, problem.message, lines]), ""


def _placed_in_cells(cells: Cells, problem: Problem, place: str) -> tuple[int, str, str]:
    cell = cells.of(problem.path)
    others = sorted({str(found) for path in problem.also if (found := cells.of(path))})
    also = f" (See also {', '.join(others)}.)" if others else ""
    at = f" (line {problem.line}, column {problem.column})" if problem.line else ""
    before = f"{place}{at}: " if place else ""
    message = joined("", [before, problem.message, also])
    return (cell.order, message, str(cell)) if cell else (0, message, "")


def _see_also(lines: set[int]) -> str:
    return f" (See also line {', '.join(map(str, sorted(lines)))}.)" if lines else ""
