"""Rules and formulas that cannot be: refused with line, column and reason."""

from pathlib import Path

import pytest

from tests.catalog.kit import refused, refused_at, rows, spoiled

pytestmark = pytest.mark.django_db

RULE = "height >= 600 requires legs = 4"
AMOUNT = '"0.005 * height"'


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("hight >= 600", "no option called “hight”. Did you mean “height”?"),
        ("wood = oka", "no choice “oka”. Did you mean “oak”?"),
        ("height >= 600 requires", "ends too early"),
        ("(height >= 600", "ends too early"),
        ("height >= 600)", "does not fit here"),
        ("height", "A condition is expected here"),
        ("wood", "alone is not a condition"),
        ("wood > 3", "not a number"),
        ("wood.colour = red", "no attribute “colour”"),
        ("len(engraving) > 3", "cannot depend on the text"),
        ("__import__('os').system('id')", "has no meaning in a rule"),
        ("height = 6 or $", "has no meaning"),
        ("logo = yes", "no option called “logo”"),
        ("not " * 200 + "footrest", "nested"),
        ("(" * 1000 + "footrest" + ")" * 1000, "nested"),
    ],
)
def test_a_bad_rule(tmp_path: Path, rule: str, reason: str) -> None:
    quoted = "'" + rule.replace("'", "''") + "'"
    message = refused_at(spoiled(tmp_path, RULE, quoted), "rule: '")
    assert reason in message
    assert "rules → tall-stools-stand-on-four → rule" in message


def test_the_column_counts_in_the_file(tmp_path: Path) -> None:
    file = spoiled(tmp_path, RULE, '"footrest and hight = 5"')
    assert "(column 25)" in refused_at(file, "hight")


def test_the_line_counts_within_a_block(tmp_path: Path) -> None:
    file = spoiled(tmp_path, RULE, "|\n      footrest\n      and hight = 5")
    assert "no option called “hight”" in refused_at(file, "hight")


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ('"0.005 * wight"', "no option called “wight”"),
        ('"footrest"', "A number is expected here"),
        ('"height / 0"', "divides by zero"),
        ('"nan"', "no option called “nan”"),
        ('"1e9"', "does not fit"),
        ('"if footrest then 5"', "also needs “else”"),
        ('"height = 600"', "A number is expected here"),
        ("[1]", "it should be a text or a number"),
        ('""', "a formula is needed"),
    ],
)
def test_a_bad_amount(tmp_path: Path, amount: str, reason: str) -> None:
    assert reason in refused_at(spoiled(tmp_path, AMOUNT, amount), "code: varnish")


def test_a_rule_of_a_megabyte(tmp_path: Path) -> None:
    file = spoiled(tmp_path, RULE, "footrest or " * 90_000 + "footrest")
    assert "characters; 4,000 at most" in refused_at(file, "footrest or")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("rule: height", "ruel: height", "Did you mean “rule”?"),
        ("    rule: height >= 600 requires legs = 4\n", "", "exactly one of “rule”, “allow”"),
        (
            "forbid: {options",
            "rule: footrest\n    forbid: {options",
            "exactly one of “rule”, “allow” and “forbid”; this one has rule and forbid",
        ),
        ("[wood, rest_metal]", "[wod, rest_metal]", "option called “wod”. Did you mean “wood”?"),
        ("[wood, rest_metal]", "[wood, engraving]", "“engraving” is a text"),
        ("[wood, rest_metal]", "[wood, wood]", "“wood” is listed twice"),
        ("rows: [[pine, brass]]", "rows: [[pine]]", "1 values for 2 options (wood, rest_metal)"),
        ("rows: [[pine, brass]]", "rows: [[pine, bras]]", "Did you mean “brass”?"),
        ("rows: [[pine, brass]]", "rows: [pine, brass]", "it should be a list"),
        ("rows: [[pine, brass]]", "rows: [[pine, [brass]]]", "it should be a text or a number"),
        (
            "forbid: {options: [wood, rest_metal], rows: [[pine, brass]]}",
            "allow: {options: [wood, rest_metal], rows: []}",
            "list at least one combination",
        ),
        (
            "forbid: {options: [wood, rest_metal], rows: [[pine, brass]]}",
            "forbid: {options: [height, legs], rows: [[350, 3]]}",
            "“350” is not a value of height: 300 to 800 in steps of 100.",
        ),
        (
            "forbid: {options: [wood, rest_metal], rows: [[pine, brass]]}",
            "forbid: {options: [footrest, legs], rows: [[maybe, 3]]}",
            "“footrest” is yes or no, not “maybe”.",
        ),
    ],
)
def test_a_bad_table_or_form(tmp_path: Path, old: str, new: str, reason: str) -> None:
    messages = refused(spoiled(tmp_path, old, new))
    assert any(reason in message for message in messages), messages


def test_a_contradiction_names_the_guilty_rules_and_no_others(tmp_path: Path) -> None:
    file = spoiled(
        tmp_path,
        "rules:",
        "rules:\n  - {code: oak-only, rule: wood = oak}\n"
        "  - {code: high-only, rule: height > 500}\n"
        "  - {code: no-high-oak, rule: not (wood = oak and height > 400)}",
    )
    message = refused_at(file, "oak-only")
    for name in ("oak-only", "high-only", "no-high-oak"):
        assert f"“{name}”" in message
    assert "brass" not in message
    assert "(See also line" in message


def test_a_rule_that_nothing_meets(tmp_path: Path) -> None:
    file = spoiled(tmp_path, RULE, "height > 1000")
    assert "No design at all can meet “tall-stools-stand-on-four”." in refused_at(file, "tall-")


def test_a_contradiction_by_when(tmp_path: Path) -> None:
    file = spoiled(tmp_path, "rules:", "rules:\n  - {code: no-rest, rule: rest_metal != none}")
    text = file.read_text(encoding="utf-8").replace(
        "rule: footrest requires height", "rule: not footrest and height"
    )
    file.write_text(text, encoding="utf-8")
    message = refused(file)[0]
    assert "“no-rest”" in message
    assert "“rest_metal: when”" in message


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            'quantity: "height / 7"',
            'quantity: "height - 500"',
            "must not be negative, but gives -200 when height = 300",
        ),
        (
            'quantity: "height / 7"',
            'quantity: "9 / abs(height - 400)"',
            "when height = 400",
        ),
        ('length: "height - 30"', 'length: "height - 310"', "gives -10 when height = 300"),
        ('run_minutes: "len(engraving)"', 'run_minutes: "5 - len(engraving)"', "gives -5"),
        (
            'amount: "0.005 * height"',
            'amount: "100000000 * height"',
            "which is too much when height = 300",
        ),
        ('amount: "0.005 * height"', 'amount: "0 - 500"', "less than nothing"),
    ],
)
def test_a_formula_that_goes_wrong_for_some_design(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    (message,) = refused(spoiled(tmp_path, old, new))
    assert reason in message


def test_a_formula_may_go_wrong_where_no_design_is(tmp_path: Path) -> None:
    from configurator.catalog.importing.service import import_product

    bar = 'when: footrest, quantity: "0.35 * 3"'
    file = spoiled(tmp_path, bar, 'when: footrest, quantity: "height - 500 + 1"')
    import_product(file=file, dry_run=True)
    assert not any(rows().values())
