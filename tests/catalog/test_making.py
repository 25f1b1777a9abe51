"""How a product is made: read from its file and the admin, exploded, and kept."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from configurator.catalog import queries
from configurator.catalog.configuration import Configuration
from configurator.catalog.content import Content
from configurator.catalog.importing.service import import_product
from configurator.catalog.infos import OperationLine
from configurator.catalog.models import Operation, Part, WorkCenter
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.routing import circle, predecessors
from tests.catalog.kit import refused_at, written

WORKSHOP = Path(__file__).with_name("workshop.yaml")


def workshop(folder: Path, old: str = "", new: str = "") -> Path:
    """The lantern's file with its pictures beside it, and `old` (which is there once) replaced."""
    text = WORKSHOP.read_text(encoding="utf-8")
    assert not old or text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    (folder / "bench").mkdir(exist_ok=True)
    for name in ("cut", "brass", "steel", "raw"):
        Image.new("RGB", (8, 6), "#888888").save(folder / "bench" / f"{name}.png")
    return written(folder, text.replace(old, new) if old else text)


@pytest.fixture
def lantern(tmp_path: Path) -> ReleasedProduct:
    import_product(file=workshop(tmp_path))
    return queries.live_release("lantern")


def made(**changes: Any) -> Configuration:
    choices = {"metal": "brass", "panes": 4, "hook": True, "engraved": True, **changes}
    texts = {"engraving": "Ania"} if choices["engraved"] else {}
    return Configuration(choices, texts)


def routed(product: ReleasedProduct, design: Configuration) -> dict[str, OperationLine]:
    return {line.code: line for line in product.operations(design)}


@pytest.mark.django_db
def test_parts_know_their_scrap_operation_and_time(lantern: ReleasedProduct) -> None:
    lines = {line.code: line for line in lantern.bom(made())}
    sheet, pane, box = lines["sheet"], lines["pane"], lines["box"]
    assert (sheet.quantity, sheet.scrap) == (Decimal("0.250"), Decimal("0.020"))
    assert (sheet.operation, sheet.lead_days) == ("cut", 4)
    assert pane.scrap == Decimal("0.100")
    assert (box.scrap, box.operation, box.lead_days) == (Decimal("0.000"), "", 0)


@pytest.mark.django_db
def test_operations_know_what_comes_before(lantern: ReleasedProduct) -> None:
    lines = routed(lantern, made())
    assert {code: line.predecessors for code, line in lines.items()} == {
        "cut": [],
        "polish": ["cut"],
        "glaze": [],
        "engrave": ["polish"],
        "fit": ["engrave", "glaze"],
        "pack": ["fit"],
    }
    plain = routed(lantern, made(metal="raw", engraved=False))
    assert plain["fit"].predecessors == ["cut", "glaze"]


@pytest.mark.django_db
def test_pictures_and_tooling_speak_of_the_design(lantern: ReleasedProduct) -> None:
    cut = routed(lantern, made(metal="steel"))["cut"]
    assert cut.tooling["en"] == "Blade for Steel"
    files = lantern.content["files"]
    assert cut.pictures == [files["bench/cut.png"], files["bench/steel.png"]]


@pytest.mark.django_db
def test_operations_know_what_they_read(lantern: ReleasedProduct) -> None:
    lines = routed(lantern, made())
    assert lines["cut"].reads == ["metal"]  # its pictures, and the sheet, which names no bend
    assert lines["engrave"].reads == ["engraved", "engraving"]
    assert lines["fit"].reads == ["hook", "panes"]
    assert lines["glaze"].reads == ["panes"]


@pytest.mark.django_db
def test_rows_keep_all_of_it(lantern: ReleasedProduct) -> None:
    sheet = Part.objects.get(code="sheet")
    assert (sheet.scrap, sheet.stock) == (Decimal("8.00"), Decimal("12.500"))
    assert Operation.objects.get(code="glaze").predecessors == []
    assert Operation.objects.get(code="pack").predecessors is None
    shears = WorkCenter.objects.get(code="shears")
    assert (shears.stations, shears.efficiency, shears.country) == (2, Decimal(90), "PL")


@pytest.mark.django_db
def test_an_import_leaves_what_the_lead_has_set(lantern: ReleasedProduct, tmp_path: Path) -> None:
    WorkCenter.objects.filter(code="shears").update(stations=3, hours="mon 08:00-12:00")
    import_product(file=workshop(tmp_path, "name: Shears, stations: 2", "name: Snips, stations: 9"))
    shears = WorkCenter.objects.get(code="shears")
    assert (shears.name, shears.stations, shears.hours) == ("Snips", 3, "mon 08:00-12:00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("operation: cut,", "operation: cutt,", "There is no operation “cutt”. Did you mean “cut”"),
        ("after: [polish, paint]", "after: [polish, pain]", "There is no operation “pain”"),
        ("after: [polish, paint]", "after: [engrave]", "“engrave” cannot come after itself"),
        ("run_minutes: 6,", "run_minutes: 6, after: [fit],", "wait for each other: “cut” → “fit”"),
        ("scrap: 8%", "scrap: 800%", "“800%” does not fit. What is lost on the way, 0 to 100"),
        ("scrap: 2.5", "scrap: 101", "101 is too large; the most is 100"),
        ("scrap: 2.5", "scrap: -1", "-1 is too small"),
        ("lead_days: 4", "lead_days: -4", "-4 is too small"),
        ("stock: 12.5", "stock: -12.5", "-12.5 is too small"),
        ("number: S-1, ", "", "Stock is kept by part number; this part has none"),
        ("stations: 2", "stations: 0", "0 is too small; the least is 1"),
        ("stations: 2", "stations: 100000", "100000 is too large; the most is 500"),
        ("efficiency: 90%", "efficiency: 0", "0 is too small; the least is 1"),
        ("efficiency: 90%", "efficiency: 900%", "“900%” does not fit"),
        ("mon-fri 06:00-14:00", "mon-fri 14:00-06:00", "“14:00-06:00” ends before it begins"),
        ("mon-fri 06:00-14:00", "mon-fri 06:00-15:00", "Two spans overlap at 14:00"),
        ("mon-fri 06:00-14:00", "mon-fry 06:00-14:00", "“fry” is no day"),
        ("sat 08:00-12:00", "fri 08:00-12:00", "“fri” is there twice"),
        ("sat 08:00-12:00", "sat 08:00-25:00", "“08:00-25:00” is no time of a day"),
        ("sat 08:00-12:00", "sat", "“sat” says no hours"),
        ("country: PL", "country: Poland", "“Poland” does not fit. Whose public holidays"),
        ("{metal}.png", "{metall}.png", "There is no option “metall” for {metall}"),
        ("bench/cut.png", "bench/gone.png", "The picture file “bench/gone.png” is missing"),
        ("bench/cut.png", "../cut.png", "must be a path below the product's own folder"),
        ("Blade for {metal}", "Blade for {meta}", "There is no option “meta” for {meta}"),
        ("of: [polish, paint]", "of: [polish, pant]", "There is no part or operation “pant”"),
        ("exactly: 1", "exactly: 3", "3 of 2 cannot be"),
        ("exactly: 1", "exactly: 1, at_least: 1", "either “exactly” or “at_least”"),
        ("metal != raw", "metall != raw", "There is no option called “metall”"),
        ("needs: operation", "needs: operatoin", "“operatoin” is not one of: part, operation"),
    ],
)
def test_what_cannot_be_is_refused_at_its_line(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    file = workshop(tmp_path, old, new)
    line = next(
        number for number, text in enumerate(WORKSHOP.read_text().split("\n"), 1) if old in text
    )
    words = file.read_text().split("\n")[line - 1]
    assert reason in refused_at(file, words)


CODES = ("a", "b", "c", "d", "e", "f")


@st.composite
def routings(draw: st.DrawFn) -> tuple[list[Content], set[str]]:
    """A routing of which each operation names others at random, and what applies of it."""
    operations = []
    for code in CODES:
        others = [each for each in CODES if each != code]
        after = draw(st.none() | st.lists(st.sampled_from(others), max_size=2, unique=True))
        when = draw(st.sampled_from(["", "x"]))
        operations.append({"code": code, "after": after, "when": when})
    optional = [each["code"] for each in operations if each["when"]]
    left_out = draw(st.sets(st.sampled_from(optional))) if optional else set()
    return operations, set(CODES) - left_out


@given(routings())
def test_predecessors_apply_and_never_go_round(routing: tuple[list[Content], set[str]]) -> None:
    operations, applying = routing
    if circle(operations):
        return
    found = predecessors(operations, applying)
    assert set(found) == applying
    assert all(each in applying for before in found.values() for each in before)
    assert _is_acyclic(found)


@given(routings())
def test_what_must_come_before_still_does(routing: tuple[list[Content], set[str]]) -> None:
    """Whoever is before an operation over others that do not apply is before it without them."""
    operations, applying = routing
    if circle(operations):
        return
    found = predecessors(operations, applying)
    after = {each["code"]: each["after"] for each in operations}
    for code in applying:
        ahead, seen = [code], set[str]()
        while ahead:
            needs = after[one := ahead.pop()]
            earlier = [each for each in CODES[: CODES.index(one)] if each in applying]
            for each in earlier[-1:] if needs is None else needs:
                seen.add(each)
                ahead += [each] if each not in applying else []
        assert seen & applying <= _all_before(code, found)


def _all_before(code: str, found: dict[str, list[str]]) -> set[str]:
    ahead, seen = [code], set[str]()
    while ahead:
        for each in found[ahead.pop()]:
            if each not in seen:
                seen.add(each)
                ahead.append(each)
    return seen


def _is_acyclic(before: dict[str, list[str]]) -> bool:
    left = dict(before)
    while ready := [code for code, needs in left.items() if not set(needs) & set(left)]:
        for code in ready:
            del left[code]
    return not left
