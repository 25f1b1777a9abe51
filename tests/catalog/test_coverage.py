"""No design without its parts and operations: proven before a release, or refused with one."""

from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.catalog.configuration import Configuration
from configurator.catalog.content import Content
from configurator.catalog.coverage import coverage_problems
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Operation, Product
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.spaces import compile_content
from configurator.engine.backend import AnySpace
from configurator.engine.sat.space import SatSpace
from tests.catalog.kit import publish_in_admin, refused_at
from tests.catalog.test_making import workshop
from tests.effort import often

pytestmark = pytest.mark.django_db

POLISH = "code: polish, name: Polish, work_center: wheel, when: metal = brass"
HOOK = "{code: hook, number: H-1, name: Hook, when: hook, operation: fit}"


def test_the_workshop_is_covered(tmp_path: Path) -> None:
    assert import_product(file=workshop(tmp_path)).warnings == []


@pytest.mark.parametrize(
    ("old", "new", "words", "reason"),
    [
        (
            "when: metal != raw, of",
            "of",
            "code: finish",
            "Metal is finished in one way: a design does not have exactly 1 of polish, paint. "
            "For example: Metal: Raw steel (with ",
        ),
        (
            POLISH,
            f"{POLISH} or metal = steel and panes = 6",
            "code: finish",
            "exactly 1 of polish, paint. For example: Metal: Steel, Panes: 6 (with ",
        ),
        (
            POLISH,
            f"{POLISH} and len(engraving) != 5",
            "code: finish",
            "For example: Metal: Brass, Engraving: 5 letters (with ",
        ),
        (
            HOOK,
            HOOK.replace("when: hook", "when: hook and panes > 0"),
            "{code: hook, name: Hook, kind: toggle",
            "“Hook” needs a part, but a design with it has none that depends on it. "
            "For example: Panes: 0, Hook: Yes (with Metal: ",
        ),
        (
            HOOK,
            HOOK.replace("when: hook", 'when: hook, quantity: "floor(panes / 2)"'),
            "{code: hook, name: Hook, kind: toggle",
            "“Hook” needs a part",
        ),
        (
            'tooling: "Blade for {metal}", pictures: ["bench/cut.png", "bench/{metal}.png"]',
            "tooling: Blade",
            "needs: both",
            "“Metal” needs an operation, but a design with it has none that depends on it. "
            "For example: Metal: Raw steel (with ",
        ),
        (
            "when: engraved, run_minutes: len(engraving)",
            "when: engraved and panes < 6, run_minutes: len(engraving)",
            "{code: engraving, name: Engraving",
            "For example: Panes: 6, Engraved: Yes (with Metal: ",
        ),
        (
            "operation: fit, cut:",
            "operation: glaze, cut:",
            "",
            "",
        ),
        (
            "quantity: panes, scrap: 2.5, operation: fit",
            "quantity: panes + 1, scrap: 2.5, operation: glaze",
            "code: pane, number",
            "The operation “glaze” does not apply in a design which has the part “pane”. "
            "For example: Panes: 0 (with ",
        ),
    ],
)
def test_a_gap_is_told_with_an_example(
    tmp_path: Path, old: str, new: str, words: str, reason: str
) -> None:
    file = workshop(tmp_path, old, new)
    if not words:
        import_product(file=file)
        return
    assert reason in refused_at(file, words)


def test_a_product_with_operations_has_one_in_every_design(tmp_path: Path) -> None:
    text = workshop(tmp_path).read_text()
    start, end = text.index("operations:\n"), text.index("work_centers:")
    one = "operations:\n  - {code: cut, name: Cut, work_center: shears, when: panes > 1}\n"
    text = text[:start] + one + text[end : text.index("coverage:")]
    for named in ("operation: cut, ", ", operation: fit", "needs: both", ", needs: operation"):
        text = text.replace(named, "")
    file = tmp_path / "product.yaml"
    file.write_text(text)
    told = refused_at(file, "operations:")
    assert "A design has no operation at all. For example: Panes: 0 (with Metal: " in told


def test_the_one_choice_without_a_part_is_a_warning(tmp_path: Path) -> None:
    old = "material: metal, scrap: 8%, operation: cut,"
    file = workshop(tmp_path, old, "when: metal != raw, scrap: 8%, operation: cut,")
    file.write_text(file.read_text().replace("        needs: both\n", ""))
    imported = import_product(file=file)
    assert len(imported.warnings) == 1
    assert (
        "“Raw steel” has no part of its own, but every other choice of “Metal”"
        in (imported.warnings[0])
    )
    file.write_text(
        file.read_text().replace("name: Raw steel}", "name: Raw steel, needs: nothing}")
    )
    assert import_product(file=file).warnings == []


def test_the_admin_is_told_the_example(admin_client: Client, tmp_path: Path) -> None:
    import_product(file=workshop(tmp_path))
    Operation.objects.filter(code="polish").update(when="metal = brass and not hook")
    lantern = Product.objects.get()
    page = publish_in_admin(admin_client, lantern)
    assert "Statement “finish”: Metal is finished in one way: a design does not have" in page
    assert "For example: Metal: Brass, Hook: Yes (with Panes: " in page
    assert lantern.releases.count() == 1


@pytest.fixture
def covered(tmp_path: Path) -> tuple[Content, AnySpace]:
    content = import_product(file=workshop(tmp_path)).content
    return content, compile_content(content)[1]


def test_a_searched_space_is_proven_too(covered: tuple[Content, AnySpace]) -> None:
    content, space = covered
    searched = SatSpace(space.model)
    assert coverage_problems(content, searched) == ([], [])
    changed = _with_polish(content, "metal = brass and panes != 3")
    problems, _warnings = coverage_problems(changed, searched)
    assert "For example: Metal: Brass, Panes: 3 (with " in problems[0].message


def test_what_takes_too_long_is_refused_and_says_so(covered: tuple[Content, AnySpace]) -> None:
    content, space = covered
    problems, _warnings = coverage_problems(content, space, seconds=0)
    assert "could not be proven" in problems[0].message


CONDITIONS = (
    *("metal = brass", "metal != raw", "panes > 2", "hook", "not engraved", "len(engraving) > 3"),
    *("metal = steel and panes < 5", "panes = 0 or engraved", "metal = brass and not hook"),
)


@settings(max_examples=often(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(CONDITIONS), st.sampled_from(CONDITIONS), st.integers(0, 2))
def test_proofs_agree_with_trying_every_design(
    covered: tuple[Content, AnySpace], polish: str, paint: str, many: int
) -> None:
    content, space = covered
    changed = _with_polish(content, polish)
    changed["operations"][2] = {**changed["operations"][2], "when": paint}
    statement = {"code": "some", "of": ["polish", "paint", "hook"], "exactly": many}
    changed["coverage"] = [statement]
    problems, _warnings = coverage_problems(changed, space)
    released = ReleasedProduct.load(UUID(int=0), 1, "", changed, space)
    whole = all(_has_exactly(released, design, many) for design in _designs())
    assert (problems == []) == whole


def _with_polish(content: Content, when: str) -> Content:
    operations = [dict(each) for each in content["operations"]]
    operations[1]["when"] = when
    return {**content, "operations": operations}


def _designs() -> list[Configuration]:
    rows = product(("brass", "steel", "raw"), range(7), (False, True), (False, True))
    return [
        Configuration(
            {"metal": metal, "panes": panes, "hook": hook, "engraved": engraved},
            {"engraving": "x" * length} if engraved else {},
        )
        for metal, panes, hook, engraved in rows
        for length in ((1, 3, 4, 12) if engraved else (0,))
    ]


def _has_exactly(released: ReleasedProduct, design: Configuration, many: int) -> bool:
    codes = {line.code for line in released.operations(design)} & {"polish", "paint"}
    hooks = {line.code for line in released.bom(design)} & {"hook"}
    return len(codes) + len(hooks) == many
