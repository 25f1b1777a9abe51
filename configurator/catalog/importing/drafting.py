"""Importing into the draft of a product: first what would change, in words; then that, at once."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from configurator.catalog.case_rows import case_of, cases_content
from configurator.catalog.comparing import Group, compare
from configurator.catalog.content import Content, sha_of
from configurator.catalog.drafts import read_content, write_content
from configurator.catalog.exporting.plain import data_of
from configurator.catalog.importing.normal import cases_of_file, content_of_file
from configurator.catalog.importing.pictures import Files
from configurator.catalog.importing.service import checked, keep_files
from configurator.catalog.importing.sources import Source, read_source
from configurator.catalog.models import DesignCase, Product
from configurator.catalog.publishing import ChangedMeanwhile


@dataclass(frozen=True)
class Proposal:
    """A file that may be imported. `base` is the hash of the rows that it was compared with."""

    source: Source
    files: Files
    content: Content
    product: Product | None  # None where the file makes a new one
    base: str
    differences: list[Group]

    def cases(self) -> list[DesignCase]:
        """The test cases that it will have."""
        if self.source.cases is not None:
            return [case_of(case) for case in self.source.cases]
        return list(self.product.cases.all()) if self.product else []

    @property
    def notes(self) -> list[str]:
        return self.source.notes(self.files.found)


def propose(*, file: Path) -> Proposal:
    """Read and check a file, and compare it with what is there; raises ImportRefused."""
    source = read_source(file)
    files = checked(source)
    content = {**source.content, "files": files.places}
    product = Product.objects.filter(slug=content["product"]["slug"]).first()
    before = _before(product) if product else None
    cases = source.cases
    after = {**content, "cases": (before or {}).get("cases", ()) if cases is None else cases}
    return Proposal(
        source=source,
        files=files,
        content=content,
        product=product,
        base=sha_of(before) if before else "",
        differences=compare(normal(before), after) if before else [],
    )


def accept(*, proposal: Proposal, base: str, by: str = "") -> Product:
    """Make the rows say what the file says.

    `base` is that of the proposal which was looked at; raises ChangedMeanwhile where the rows are
    not what they were then, and ImportRefused where a picture cannot be stored.
    """
    keep_files(proposal.source, proposal.files)
    with transaction.atomic():
        slug = proposal.content["product"]["slug"]
        locked = Product.objects.select_for_update().filter(slug=slug).first()
        if base != (sha_of(_before(locked)) if locked else ""):
            raise ChangedMeanwhile
        return write_content(
            content=proposal.content,
            files=proposal.files.shas,
            centers=proposal.source.centers,
            cases=proposal.source.cases,
            by=by,
        )


def _before(product: Product) -> Content:
    """What the rows say, the test cases too."""
    return {**read_content(product), "cases": cases_content(product)}


def normal(content: Content) -> Content:
    """A draft's content as a file would say it, so that only what is said is compared."""
    centers = {each["work_center"]: each["work_center_name"] for each in content["operations"]}
    try:
        data = data_of(content)
        said = content_of_file(data, centers)
        cases = cases_of_file(data) or []
    except (ArithmeticError, TypeError, KeyError, AttributeError, ValueError):
        return content  # a draft that is in no order is compared as it is
    return {**said, "files": content["files"], "cases": cases}
