"""Importing a product file: read, check, compile, then write everything in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from configurator.catalog.checks import problems
from configurator.catalog.checks.making import center_problems
from configurator.catalog.content import Content, sha_of
from configurator.catalog.drafts import read_content, write_content
from configurator.catalog.importing.errors import FileProblem, ImportRefused, refuse
from configurator.catalog.importing.lines import Lines
from configurator.catalog.importing.loader import Document, read_yaml
from configurator.catalog.importing.models import content_of_model
from configurator.catalog.importing.normal import centers_of_file, content_of_file
from configurator.catalog.importing.pictures import Files, collect
from configurator.catalog.modeling import model_of, model_sha
from configurator.catalog.models import DesignCase, Product, Release, WorkCenter
from configurator.catalog.problems import Problem, where
from configurator.catalog.publishing import (
    Prepared,
    Published,
    PublishRefused,
    Report,
    prepare,
    release,
    silent,
)
from configurator.catalog.rows import text_of
from configurator.catalog.schema import schema_problems

YAML = (".yaml", ".yml")
MODELS = (".xml", ".uvl", ".cnf", ".dimacs")


@dataclass(frozen=True)
class Imported:
    """What an import did. Without `published` the product is a draft, or it was a dry run."""

    slug: str
    created: bool
    content: Content
    designs: int | None
    published: Published | None
    warnings: list[str]
    reason: str = ""
    """Why it is searched, and the designs are not counted."""


def import_product(
    *,
    file: Path,
    publish: bool = True,
    dry_run: bool = False,
    by: str = "",
    report: Report = silent,
) -> Imported:
    """Import a product file, and publish the product.

    Raises ImportRefused, with every problem that can be told at once; then nothing has changed.
    """
    report(f"Reading {file} …")
    source = _read(file)
    report("Checking …")
    files = _checked(source)
    content = {**source.content, "files": files.places}
    slug = content["product"]["slug"]
    if publish and (live := _already_live(content)):
        return Imported(slug, False, content, live.designs, live, [], live.release.reason)
    prepared = _prepared(source, content, report)
    created = not Product.objects.filter(slug=slug).exists()
    published = None
    if not dry_run:
        report("Saving …")
        published = _save(prepared, files, source.centers, publish, by)
    return Imported(
        slug=slug,
        created=created,
        content=content,
        designs=prepared.compiled.designs,
        published=published,
        warnings=[f"{_placed(source, warning)[1]}" for warning in prepared.warnings],
        reason=prepared.compiled.reason,
    )


@dataclass(frozen=True)
class Source:
    """A file that was read; `document` knows the lines of a YAML file, `lines` of a model."""

    file: Path
    content: Content
    document: Document | None = None
    centers: tuple[Content, ...] = ()
    lines: Lines = field(default_factory=Lines)


def _read(file: Path) -> Source:
    suffix = file.suffix.lower()
    if suffix in MODELS:
        content, lines = _model(file)
        return Source(file, content, lines=lines)
    if suffix not in YAML and file.is_file():
        known = ", ".join((*YAML, *MODELS))
        raise refuse(file, f"A product is read from a file that ends in {known}.")
    document = read_yaml(file)
    _refuse_if(schema_problems(document.data), Source(file, document.data, document))
    content = content_of_file(document.data, _centers())
    return Source(file, content, document, tuple(centers_of_file(document.data)))


def _model(file: Path) -> tuple[Content, Lines]:
    if file.is_dir():
        raise refuse(file, "This is a folder. Name the file in it, like model.xml.")
    if not file.exists():
        raise refuse(file, "There is no such file.")
    if not file.is_file():  # a device may never end
        raise refuse(file, "This is not a file.")
    return content_of_model(file)


def _centers() -> dict[str, dict[str, str]]:
    return {center.code: text_of(center, "name") for center in WorkCenter.objects.all()}


def _checked(source: Source) -> Files:
    """The product's picture files; raises ImportRefused with all problems of the content."""
    found = [*center_problems(source.centers), *problems(source.content)]
    if any(_names_pictures(problem) for problem in found):
        _refuse_if(found, source)
    files = collect(source.content, source.file.resolve().parent)
    _refuse_if([*found, *files.problems], source)
    return files


def _names_pictures(problem: Problem) -> bool:
    """Whether files could not even be looked for."""
    return problem.path[:1] == ("picture",) or bool({"image", "pictures"} & {*problem.path})


def _already_live(content: Content) -> Published | None:
    """The live release, where it and the product's rows say just this already."""
    live = Release.objects.filter(
        product__slug=content["product"]["slug"], live=True, sha=sha_of(content)
    ).first()
    if live is None or live.searched or live.space != model_sha(model_of(content)):
        return None  # a searched one may fit by now
    same = sha_of(read_content(live.product)) == live.sha
    return Published(live, False, []) if same else None


def _prepared(source: Source, content: Content, report: Report) -> Prepared:
    try:
        return prepare(content=content, report=report, cases=_cases(content))
    except PublishRefused as refused:
        _refuse_if(refused.problems, source)
        raise


def _cases(content: Content) -> list[DesignCase]:
    """The test cases of the product, if it is known already."""
    return list(DesignCase.objects.filter(product__slug=content["product"]["slug"]))


@transaction.atomic
def _save(
    prepared: Prepared, files: Files, centers: tuple[Content, ...], publish: bool, by: str
) -> Published | None:
    product = write_content(content=prepared.content, files=files.shas, centers=centers)
    if sha_of(read_content(product)) != sha_of(prepared.content):
        raise RuntimeError("The rows do not say what the file says.")
    return release(product=product, prepared=prepared, by=by) if publish else None


def _refuse_if(found: Iterable[Problem], source: Source) -> None:
    told = [FileProblem(*_placed(source, problem)) for problem in found]
    if told:
        raise ImportRefused(source.file, told)


def _placed(source: Source, problem: Problem) -> tuple[int, str]:
    """The line of a problem, and its message with its place in words."""
    place = where(source.content, problem.path)
    if source.document is None:
        found = [source.lines.line(path) for path in (problem.path, *problem.also)]
        line = next(filter(None, found), 0)
        message = f"{problem.message}{_see_also({*found} - {0, line})}"
        return line, f"{place}: {message}" if place else message
    document = source.document
    line, column = document.line_within(problem.path, problem.line, problem.column)
    lines = _see_also({document.line(path) for path in problem.also})
    at = f" (column {column})" if problem.line and column else ""
    before = f"{place}{at}: " if place else ""
    return line, f"{before}{problem.message}{lines}"


def _see_also(lines: set[int]) -> str:
    return f" (See also line {', '.join(map(str, sorted(lines)))}.)" if lines else ""
