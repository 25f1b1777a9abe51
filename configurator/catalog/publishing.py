"""Publishing: a draft is checked, compiled, tried out, and frozen into a live release."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from configurator.catalog import happenings
from configurator.catalog.cases import failures
from configurator.catalog.checks import problems
from configurator.catalog.content import Content, Path, canonical, options_of, sha_of
from configurator.catalog.drafts import read_content
from configurator.catalog.happenings import Happening
from configurator.catalog.modeling import applies_name, price_name
from configurator.catalog.models import DesignCase, Product, Release
from configurator.catalog.placing import named
from configurator.catalog.problems import Problem, at_line
from configurator.catalog.spaces import Compiled, CompileError, Limits, compile_content
from configurator.catalog.trials import try_out
from configurator.engine.words import Words as _
from configurator.engine.words import joined

Report = Callable[[str], None]


MOST_NAMED = 12
"""So many of the rules that contradict each other are named; as many as fit are linked."""


COUNTED = (("steps",), ("prices",), ("parts",), ("operations",))
"""Where something is wrong here, test cases can't be counted."""


def silent(_message: str) -> None:
    """For callers who do not watch."""


class PublishRefused(Exception):
    """Why a product cannot be published; the live release stays as it was."""

    def __init__(self, problems: Iterable[Problem], content: Content) -> None:
        self.problems = list(problems)
        self.content = content
        super().__init__("\n".join(self.messages()))

    def messages(self) -> list[str]:
        """One readable line a problem."""
        return [tell(problem, self.content) for problem in self.problems]


class ChangedMeanwhile(Exception):
    """Somebody edited the product while it was being compiled."""


@dataclass(frozen=True)
class Prepared:
    """A content that may be published."""

    content: Content
    compiled: Compiled
    warnings: list[Problem]


@dataclass(frozen=True)
class Published:
    """The live release; not `created` where nothing had changed since it was published."""

    release: Release
    created: bool
    warnings: list[str]

    @property
    def designs(self) -> int | None:
        """How many designs are valid; None where they can't be counted."""
        return int(self.release.designs) if self.release.designs else None


def tell(problem: Problem, content: Content) -> str:
    """A problem with its place in words."""
    place, message = named(content, problem.path), at_line(problem)
    return _("%(place)s: %(message)s", place=place, message=message) if place else message


def publish(
    *,
    product: Product,
    by: str = "",
    notes: str = "",
    report: Report = silent,
    limits: Limits | None = None,
) -> Published:
    """Publish the product's rows as they are now.

    Raises PublishRefused, and ChangedMeanwhile when the rows were edited during compilation.
    """
    content = read_content(product)
    prepared = prepare(content=content, report=report, limits=limits, cases=product.cases.all())
    with transaction.atomic():
        locked = Product.objects.select_for_update().get(pk=product.pk)
        if canonical(read_content(locked)) != canonical(content):
            raise ChangedMeanwhile
        return release(product=locked, prepared=prepared, by=by, notes=notes)


def prepare(
    *,
    content: Content,
    report: Report = silent,
    limits: Limits | None = None,
    cases: Iterable[DesignCase] = (),
) -> Prepared:
    """Check, compile and try out a content; raises PublishRefused with all that is wrong.

    `cases` are the product's test cases, which must hold.
    """
    if found := problems(content):
        raise PublishRefused(found, content)
    options = len(options_of(content))
    report(
        _(
            "Compiling %(options)s options and %(count)s rules …",
            options=options,
            count=len(content["rules"]),
        )
    )
    try:
        compiled, space = compile_content(content, limits)
    except CompileError as error:
        raise PublishRefused(_blamed(error, content), content) from None
    if compiled.designs is None:
        report(_("Too large to compile: it will be searched. Trying it out …"))
    else:
        report(_("Trying out %(designs)s designs …", designs=f"{compiled.designs:,}"))
    found, warnings = try_out(content, space)
    if not any(problem.path[:1] in COUNTED for problem in found):
        found += failures(cases, content, space)
    if found:
        raise PublishRefused(found, content)
    return Prepared(content, compiled, warnings)


@transaction.atomic
def release(*, product: Product, prepared: Prepared, by: str = "", notes: str = "") -> Published:
    """Make the prepared content the product's live release, unless it already is."""
    sha = sha_of(prepared.content)
    warnings = [tell(warning, prepared.content) for warning in prepared.warnings]
    live = product.releases.filter(live=True).first()
    designs = designs_text(prepared.compiled.designs)
    if live is not None and (live.sha, live.space, bool(live.designs)) == (
        sha,
        prepared.compiled.sha,
        bool(designs),
    ):
        return Published(live, False, warnings)
    last = product.releases.aggregate(last=Max("number"))["last"] or 0
    product.releases.filter(live=True).update(live=False)
    made = Release.objects.create(
        product=product,
        number=last + 1,
        sha=sha,
        content=prepared.content,
        space=prepared.compiled.sha,
        designs=designs,
        reason=prepared.compiled.reason,
        live=True,
        published_by=by[:150],
        notes=notes,
    )
    happenings.tell(Happening(happenings.PUBLISHED, product=product.slug))
    return Published(made, True, warnings)


@transaction.atomic
def revive(*, release_id: UUID) -> Release:
    """Make an earlier release the live one again; rows, designs and orders stay as they are."""
    found = Release.objects.get(pk=release_id)
    Product.objects.select_for_update().get(pk=found.product_id)
    Release.objects.filter(product_id=found.product_id, live=True).update(live=False)
    Release.objects.filter(pk=found.pk).update(live=True)
    found.refresh_from_db(fields=["live"])
    happenings.tell(Happening(happenings.PUBLISHED, product=found.product.slug))
    return found


def designs_text(designs: int | None) -> str:
    """The number of designs in full; of absurdly large ones the leading digits and zeros."""
    if designs is None:
        return ""
    digits = str(designs)
    return digits if len(digits) <= 400 else digits[:3] + "0" * 397


def _blamed(error: CompileError, content: Content) -> list[Problem]:
    """A compilation's error at the rules that it names."""
    paths = list(paths_of(error.rules, content))
    if error.kind == "contradiction":
        return [contradiction(error.rules, content)]
    return [Problem(paths[0] if paths else (), error.message)]


def contradiction(rules: Sequence[str], content: Content) -> Problem:
    """A minimal set of rules that no design can meet together."""
    names: str = joined(", ", [f"“{name}”" for name in rules[:MOST_NAMED]])
    if len(rules) > MOST_NAMED:
        names = _("%(names)s and %(more)s more", names=names, more=len(rules) - MOST_NAMED)
    message = (
        _(
            "No design can meet these together: %(names)s. Without any one of them it would work.",
            names=names,
        )
        if len(rules) > 1
        else _("No design at all can meet %(names)s.", names=names)
    )
    paths = list(paths_of(rules, content))
    return Problem(paths[0] if paths else (), message, also=tuple(paths[1:]))


def paths_of(names: Iterable[str], content: Content) -> Iterator[Path]:
    """Where the rules and price terms of the engine's model stand in the content."""
    places: dict[str, Path] = {}
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            here: Path = ("steps", s, "options", o)
            places[option["code"]] = (*here, "price")
            places[applies_name(option["code"])] = (*here, "when")
            for c, choice in enumerate(option["choices"]):
                places[f"{option['code']}.{choice['code']}"] = (*here, "choices", c, "price")
    for index, price in enumerate(content["prices"]):
        places[price_name(price["code"])] = ("prices", index, "amount")
    for index, rule in enumerate(content["rules"]):
        places[rule["code"]] = ("rules", index)
    for name in names:
        if name in places:
            yield places[name]
