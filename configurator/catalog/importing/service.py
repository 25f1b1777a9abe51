"""Importing a product file: read, check, compile, then write everything in one transaction."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from configurator.catalog import media
from configurator.catalog.case_rows import case_of
from configurator.catalog.checks import problems
from configurator.catalog.checks.cases import case_problems
from configurator.catalog.checks.making import center_problems
from configurator.catalog.content import Content, sha_of
from configurator.catalog.drafts import read_content, write_content
from configurator.catalog.gate import Outcome
from configurator.catalog.importing.errors import refuse
from configurator.catalog.importing.pictures import Files, collect, named_paths
from configurator.catalog.importing.shelves import Known
from configurator.catalog.importing.sources import Source, placed, read_source, refuse_if
from configurator.catalog.modeling import model_of, model_sha
from configurator.catalog.models import DesignCase, Product, Release
from configurator.catalog.problems import Problem
from configurator.catalog.publications import replayed
from configurator.catalog.publishing import (
    Prepared,
    Published,
    PublishRefused,
    Report,
    prepare,
    release,
    silent,
)

STAGES = {"sampling": "Comparing sampled designs", "replaying": "Replaying customers’ designs"}


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
    outcome: Outcome | None = None
    """What it does to customers' designs and to sampled ones, if that was asked."""
    cases: int = 0
    """How many test cases hold."""


def import_product(
    *,
    file: Path,
    publish: bool = True,
    dry_run: bool = False,
    by: str = "",
    report: Report = silent,
    gate: bool = False,
    keep_designs: bool = False,
) -> Imported:
    """Import a product file, and publish the product.

    With `gate` designs are replayed on what is published; with `keep_designs` it is refused where
    a customer's design would break. Raises ImportRefused, with every problem that can be told at
    once; then nothing has changed.
    """
    report(f"Reading {file} …")
    source = read_source(file)
    report("Checking …")
    files = checked(source)
    content = {**source.content, "files": files.places}
    slug = content["product"]["slug"]
    cases = _cases(source)
    if publish and (live := _already_live(content, cases)):
        return Imported(slug, False, content, live.designs, live, [], live.release.reason)
    prepared = _prepared(source, content, report, cases)
    known = Product.objects.filter(slug=slug).first()
    outcome = None
    if publish and known is not None and (gate or keep_designs):
        outcome = _replayed(known, prepared, report)
        if keep_designs and outcome.breaks:
            raise refuse(file, _broken(outcome))
    published = None
    if not dry_run:
        report("Saving …")
        keep_files(source, files)
        published = _save(prepared, files, source, publish, by)
    return Imported(
        slug=slug,
        created=known is None,
        content=content,
        designs=prepared.compiled.designs,
        published=published,
        warnings=[
            *(placed(source, warning)[1] for warning in prepared.warnings),
            *source.notes(files.found),
        ],
        reason=prepared.compiled.reason,
        outcome=outcome,
        cases=len(cases),
    )


def _replayed(product: Product, prepared: Prepared, report: Report) -> Outcome:
    """What it does to designs; the stages are told."""
    told: set[str] = set()

    def staged(stage: str, _done: int, _total: int, /) -> None:
        if stage not in told:
            told.add(stage)
            report(f"{STAGES[stage]} …")

    return replayed(product.pk, prepared, staged)


def _broken(outcome: Outcome) -> str:
    many = f"{outcome.breaks:,} designs" if outcome.breaks != 1 else "One design"
    named = ", ".join(row.label for row in outcome.affected if row.effect == "breaks" and row.url)
    return f"{many} of customers would break: {named[:300]}."


def checked(source: Source) -> Files:
    """The product's picture files; raises ImportRefused with all problems of the content."""
    found = [*center_problems(source.centers), *problems(source.content)]
    if any(_names_pictures(problem) for problem in found):
        refuse_if(found, source)
    if not found:
        found += case_problems(source.cases or (), source.content)
    files = collect(source.content, source.shelf)
    refuse_if([*found, *files.problems], source)
    files.found |= _unnamed(source.content["product"]["slug"], files)
    return files


def _unnamed(slug: str, files: Files) -> dict[str, tuple[str, int, int]]:
    """The product's picture files that nothing names, before or now: they stay."""
    product = Product.objects.filter(slug=slug).first()
    known = Known.of(slug).shas
    idle = {path: sha for path, sha in known.items() if path not in files.found}
    if product is None or not idle:
        return {}
    try:
        named = named_paths(read_content(product))
    except (KeyError, TypeError, AttributeError, ArithmeticError):  # a draft in no order
        return {}
    return {
        path: (sha, 0, 0)
        for path, sha in idle.items()
        if path not in named and media.is_kept(sha, path)
    }


def keep_files(source: Source, files: Files) -> None:
    """Store the picture files, now that all is checked; raises ImportRefused."""
    try:
        files.keep()
    except (OSError, ValueError) as error:
        raise refuse(source.file, f"A picture file cannot be stored: {error}.") from None


def _names_pictures(problem: Problem) -> bool:
    """Whether files could not even be looked for."""
    return problem.path[:1] == ("picture",) or bool({"image", "pictures"} & {*problem.path})


def _already_live(content: Content, cases: list[DesignCase]) -> Published | None:
    """The live release, where it and the product's rows say just this already."""
    live = Release.objects.filter(
        product__slug=content["product"]["slug"], live=True, sha=sha_of(content)
    ).first()
    if live is None or cases or live.product.cases.exists():
        return None  # test cases may be new, or gone
    if live.searched or live.space != model_sha(model_of(content)):
        return None  # a searched one may fit by now
    same = sha_of(read_content(live.product)) == live.sha
    return Published(live, False, []) if same else None


def _prepared(
    source: Source, content: Content, report: Report, cases: list[DesignCase]
) -> Prepared:
    try:
        return prepare(content=content, report=report, cases=cases)
    except PublishRefused as refused:
        refuse_if(refused.problems, source)
        raise


def _cases(source: Source) -> list[DesignCase]:
    """The test cases of the file; those of the product where it says nothing of them."""
    if source.cases is not None:
        return [case_of(case) for case in source.cases]
    slug = source.content["product"]["slug"]
    return list(DesignCase.objects.filter(product__slug=slug))


@transaction.atomic
def _save(
    prepared: Prepared, files: Files, source: Source, publish: bool, by: str
) -> Published | None:
    product = write_content(
        content=prepared.content,
        files=files.shas,
        centers=source.centers,
        cases=source.cases,
        by=by,
    )
    if sha_of(read_content(product)) != sha_of(prepared.content):
        raise RuntimeError("The rows do not say what the file says.")
    return release(product=product, prepared=prepared, by=by) if publish else None
