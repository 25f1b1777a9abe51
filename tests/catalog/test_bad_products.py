"""Products that make no sense: refused at the line, with what is allowed."""

from pathlib import Path

import pytest

from tests.catalog.kit import refused, refused_at, spoiled

pytestmark = pytest.mark.django_db

CASES = {
    # the shape of the file
    "unknown key": ("  tagline: Sits", "  tagling: Sits", "tagling", "Did you mean “tagline”?"),
    "missing name": (
        "product:\n  slug: stool\n  name: {en: Stool, es: Taburete, pl: Taboret}",
        "product:\n  slug: stool",
        "product:",
        "“name” is missing",
    ),
    "no choices": ("        kind: number", "        kind: nummer", "nummer", "choice, toggle,"),
    "format": ("format: 1", "format: 2", "format", "This should be 1, not 2."),
    "list for a map": ("product:\n", "product: []\nx:\n", "product:", "it should be a map"),
    "map for a list": ("checks: [{en", "checks: {a: {en", "checks", "valid YAML"),
    "list for a text": ("Sits anywhere.", "[a, b]", "tagline", "Write a text in quotes"),
    "number for a text": ("Sits anywhere.", "2024", "tagline", "Write a text in quotes"),
    "text for a number": ("tax_rate: 23", 'tax_rate: "23"', "tax_rate", "it should be a number"),
    "unknown language": ("es: Taburete", "de: Hocker", "name: {en: Stool", "not a language"),
    "no English": ("name: {en: Wood, es", "name: {es", "es: Madera", "“en” is missing"),
    "blank name": ("name: Height", 'name: "  "', 'name: "  "', "does not fit"),
    "name with a line break": ("name: Height", 'name: "a\\nb"', '"a\\nb"', "does not fit"),
    "long name": ("name: Height", f"name: {'x' * 121}", "xxx", "121 characters; 120 at most"),
    "bad slug": ("slug: stool", "slug: The Stool!", "slug", "small letters, digits and -"),
    "bad currency": ("currency: EUR", "currency: euro", "currency", "Three capital letters"),
    "bad color": ('swatch: "#e0c090"', "swatch: beige", "pine", "rrggbb"),
    "unquoted color": ('swatch: "#e0c090"', "swatch: #e0c090", "oak", "quote texts with"),
    "bad unit": ("unit: m,", "unit: mile,", "P-3", "pcs, m, m2, kg, g, set"),
    # numbers
    "negative price": ("base_price: 40.50", "base_price: -1", "base_price", "the least is 0"),
    "three decimals": ("base_price: 40.50", "base_price: 40.505", "base_price", "2 at most"),
    "not a number": ("base_price: 40.50", "base_price: .nan", "base_price", "a number"),
    "infinite": ("base_price: 40.50", "base_price: .inf", "base_price", "a number"),
    "exponent": ("base_price: 40.50", "base_price: 1e300", "base_price", "a number"),
    "huge": ("base_price: 40.50", "base_price: 9999999999999", "base_price", "too large"),
    "endless digits": ("base_price: 40.50", f"base_price: {'9' * 99}", "9999", "many digits"),
    "boolean for a number": ("tax_rate: 23", "tax_rate: true", "tax_rate", "a number"),
    "tax over 100": ("tax_rate: 23", "tax_rate: 230", "tax_rate", "the most is 100"),
    "rush over all": ("base_days: 4", "base_days: 4\n  rush: 101%", "rush", "0% to 100%"),
    "rush below nothing": ("base_days: 4", "base_days: 4\n  rush: -5", "rush", "the least is 0"),
    "rush without a sign": ("base_days: 4", 'base_days: 4\n  rush: "15"', "rush", "like 15%"),
    "two prices of rush": (
        "base_days: 4",
        "base_days: 4\n  rush: {amount: 9, percent: 5}",
        "rush",
        "1 at most",
    ),
    "no price of rush": ("base_days: 4", "base_days: 4\n  rush: {}", "rush", "like 15%"),
    "half a day": ("base_days: 4", "base_days: 4.5", "base_days", "a whole number"),
    "negative days": ("price: 25, lead_days: 3", "lead_days: -3", "oak", "the least is 0"),
    # options
    "minimum above": ("minimum: 300", "minimum: 900", "minimum", "above the maximum 800"),
    "step does not end": ("step: 100", "step: 150", "step: 150", "the last one is 750"),
    "step zero": ("step: 100", "step: 0", "step: 0", "the least is 0.001"),
    "too many values": ("step: 100", "step: 0.001", "step: 0.001", "500,001 values"),
    "no maximum": ("        maximum: 800\n", "", "code: height", "needs “maximum”"),
    "unit on a toggle": ("price: 12.25", "unit: mm", "unit: mm\n".strip(), "kind number"),
    "wrong control": ("control: swatches", "control: slider", "slider", "cards, swatches"),
    "required choice": (
        "when: footrest\n        choices",
        "when: footrest\n        required: true\n        choices",
        "required: true",
        "always decided",
    ),
    "price on a file": ("kind: file", "kind: file\n        price: 5", "price: 5", "no price"),
    "choice called none": ("{code: steel", "{code: none", "code: none", "does not apply"),
    # codes and names
    "doubled option": ("code: footrest", "code: wood", "code: wood", "used twice"),
    "doubled choice": ("{code: oak", "{code: pine", "pl: Dąb", "choice code “pine” is used twice"),
    "doubled rule": (
        "code: low-stools-have-no-footrest",
        "code: brass-is-for-oak",
        "code: brass-is-for-oak",
        "rule code “brass-is-for-oak” is used twice",
    ),
    "doubled part": ("{code: leg, n", "{code: seat, n", "name: Leg", "part code “seat” is used"),
    "doubled name": ("name: Engraving", "name: engraved", "name: engraved", "have the name"),
    "doubled choice name": ("name: {en: Oak", "name: {en: Pine", "pl: Dąb", "have the name"),
    "word of the language": ("code: legs", "code: requires", "code: requires", "rule language"),
    "bad code": ("code: legs", "code: no-legs", "code: no-legs", "letters, digits and _"),
    "empty code": ("code: legs", 'code: ""', 'code: ""', "letters, digits and _"),
    # texts and files
    "negated characters": ("A-Za-zÀ-ž .'-\"", '^a"', "characters", "cannot stand first"),
    "characters with a class": ("A-Za-zÀ-ž .'-\"", "\\\\w\"", "characters", "backslash"),
    "characters that close": ("A-Za-zÀ-ž .'-\"", 'a]+(b+)+["', "characters", "square brackets"),
    "reversed range": ("A-Za-zÀ-ž .'-\"", 'z-a"', "characters", "not characters"),
    "length zero": ("max_length: 10", "max_length: 0", "max_length", "the least is 1"),
    "file type": ("kind: file", "kind: file\n        accept: [svg]", "accept", "png, jpeg, webp"),
    # the factory
    "unknown work center": ("work_center: bench", "work_center: bech", "bech", "There are: saw"),
    "braces": ("legs {height}.\", pl", "legs {hight}.\", pl", "hight", "mean “height”"),
    "negative minutes": ("setup_minutes: 5", "setup_minutes: -5", "setup", "cannot be negative"),
    "negative quantity": ("quantity: 1,", "quantity: -1,", "P-1", "cannot be negative"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_refused(tmp_path: Path, case: str) -> None:
    old, new, words, reason = CASES[case]
    file = spoiled(tmp_path, old, new)
    messages = refused(file)
    text = file.read_text(encoding="utf-8").split("\n")
    told = [m for m in messages if reason in m]
    assert told, messages
    line = int(told[0].removeprefix(f"{file}:").split(":")[0])
    assert words in text[line - 1], (told, text[line - 1])


def test_the_other_place_of_a_doubled_code_is_told(tmp_path: Path) -> None:
    file = spoiled(tmp_path, "{code: oak", "{code: pine")
    assert "(See also line 22.)" in refused_at(file, "pl: Dąb")


def test_conditions_in_a_circle(tmp_path: Path) -> None:
    file = spoiled(
        tmp_path,
        "      - code: engraved\n        name: Engraved\n        kind: toggle",
        "      - code: engraved\n        name: Engraved\n        kind: toggle\n"
        "        when: rest_metal = steel and plain\n"
        "      - code: plain\n        name: Plain\n        kind: toggle\n        when: engraved",
    )
    message = refused_at(file, "when: rest_metal = steel and plain")
    assert "in a circle: engraved → plain → engraved" in message


def test_an_option_that_needs_itself(tmp_path: Path) -> None:
    file = spoiled(
        tmp_path, "when: footrest\n        choices", "when: rest_metal = steel\n        choices"
    )
    assert "in a circle: rest_metal → rest_metal" in refused_at(file, "when: rest_metal")
