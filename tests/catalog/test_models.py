"""Constraint models as products: any names, any values, the right number of designs."""

from pathlib import Path

import pytest

from configurator.catalog import queries
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Option
from tests.catalog.kit import refused, refused_at, written

pytestmark = pytest.mark.django_db

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<instance>
  <presentation name="odd" format="XCSP 2.1" type="CSP"/>
  <domains nbDomains="2">
    <domain name="D0" nbValues="3" optional="-1">0..1 -1</domain>
    <domain name="D1" nbValues="3">-1 7 12</domain>
  </domains>
  <variables nbVariables="5">
    <variable name="x[0].a" domain="D0"/>
    <variable name="x(0)-a" domain="D0"/>
    <variable name="requires" domain="D1"/>
    <variable name="3rd" domain="D1"/>
    <variable name="żółty" domain="D1"/>
  </variables>
  <relations nbRelations="2">
    <relation name="R0" arity="2" nbTuples="3" semantics="supports">0 -1|1 7|-1 12</relation>
    <relation name="R1" arity="2" nbTuples="1" semantics="conflicts">7 7</relation>
  </relations>
  <constraints nbConstraints="2">
    <constraint name="C 0" arity="2" scope="x[0].a requires" reference="R0"/>
    <constraint name="C-1" arity="2" scope="requires 3rd" reference="R1"/>
  </constraints>
</instance>
"""


def test_odd_names_become_codes(tmp_path: Path) -> None:
    done = import_product(file=written(tmp_path, MODEL, "Odd Names_v2.xml"))
    assert done.slug == "odd-names-v2"
    assert done.designs == 3 * 3 * (3 * 3 - 1)
    options = {o.code: o.name for o in Option.objects.all()}
    assert options == {
        "x_0_a": "x[0].a",
        "x_0_a_2": "x(0)-a",
        "requires_": "requires",
        "x3rd": "3rd",
        "ty": "żółty",
    }
    product = queries.live_release("odd-names-v2")
    assert product.label("x_0_a", "absent", "pl") == "Brak"
    assert product.label("requires_", "minus_1", "en") == "-1"
    assert product.label("requires_", "12", "en") == "12"


def test_names_that_differ_in_capitals_and_doubled_constraints(tmp_path: Path) -> None:
    text = MODEL.replace('name="3rd"', 'name="REQUIRES"').replace('name="C-1"', 'name="C 0"')
    text = text.replace("requires 3rd", "requires REQUIRES")
    done = import_product(file=written(tmp_path, text, "twins.xml"))
    assert done.designs == 72
    product = queries.live_release("twins")
    assert product.options["REQUIRES_"].name["en"] == "REQUIRES (REQUIRES_)"
    assert list(product.rules) == ["C_0", "C_0_2"]


def test_the_folder_names_a_model_called_model(tmp_path: Path) -> None:
    folder = tmp_path / "My_Big.Model"
    folder.mkdir()
    assert import_product(file=written(folder, MODEL, "model.xml")).slug == "my-bigmodel"


def test_pages_of_twelve(tmp_path: Path) -> None:
    names = "".join(f'<variable name="v{i}" domain="D1"/>' for i in range(26))
    start, end = MODEL.index("<variable name"), MODEL.index("</variables>")
    text = MODEL[:start] + names + MODEL[end:]
    text = text.replace("x[0].a requires", "v0 v1").replace("requires 3rd", "v1 v2")
    text = text.replace("0 -1|1 7|-1 12", "-1 7|7 7|12 12")
    import_product(file=written(tmp_path, text, "many.xml"))
    steps = queries.live_release("many").steps
    assert [step.name["en"] for step in steps] == ["Options 1–12", "Options 13–24", "Options 25–26"]
    assert [len(step.options) for step in steps] == [12, 12, 2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not well-formed"),
        ("<instance>", "not well-formed"),
        ("\x00\x01\x02", "not well-formed"),
        ("<html/>", "begins with <instance>"),
        ("<instance/>", "no variables"),
        (MODEL.replace('domain="D1"', 'domain="D9"'), "unknown domain “D9”"),
        (MODEL.replace("7 12<", "7 x<"), "“x”"),
        (MODEL.replace("supports", "maybe"), "semantics"),
        (MODEL.replace("0 -1|1 7", "0 -1 4|1 7"), "3 values"),
        (MODEL.replace('scope="x[0].a', 'scope="y'), "unknown variable “y”"),
        (MODEL.replace("0..1 -1", "0..90000 -1"), "1,000 at most"),
        (
            "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><instance>&b;</instance>",
            "types and entities",
        ),
        (MODEL.replace("0 -1|1 7|-1 12", "0 7").replace("7 7<", "7 -1|7 7|7 12<"), "No design"),
    ],
)  # fmt: skip
def test_a_bad_model(tmp_path: Path, text: str, reason: str) -> None:
    file = written(tmp_path, text, "model.xml")
    messages = refused(file)
    assert any(reason in message for message in messages), messages
    assert all(message.startswith(f"{file}:") for message in messages)


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        (MODEL.replace('a" domain="D0"', 'a" domain="D9"'), '"x[0].a"', "unknown domain “D9”"),
        (MODEL.replace("7 12<", "7 x<"), '"D1"', "“x”"),
        (MODEL.replace("0 -1|1 7", "0 -1 4|1 7"), '"R0"', "3 values"),
        (MODEL.replace('reference="R1"', 'reference="P"'), 'reference="P"', "not a relation"),
        (MODEL.replace("</constraints>", "</constraint>"), "</constraint>", "not well-formed"),
        (MODEL.replace("0 -1|1 7|-1 12", "0 7").replace("7 7<", "7 -1|7 7|7 12<"), '"C 0"', "No"),
    ],
)  # fmt: skip
def test_the_line_of_what_is_wrong(tmp_path: Path, text: str, words: str, reason: str) -> None:
    assert reason in refused_at(written(tmp_path, text, "odd.xml"), words)


def test_numbers_of_feature_models_are_no_product(tmp_path: Path) -> None:
    text = "features\n\ta\n\t\toptional\n\t\t\tb cardinality [1..3]\n"
    messages = refused(written(tmp_path, text, "copies.uvl"))
    assert any("“b” is a number or has copies" in message for message in messages), messages


def test_the_car_line(bench_data: Path) -> None:
    done = import_product(file=bench_data / "renault_medium" / "model.xml")
    assert (done.slug, done.designs) == ("renault-medium", 278_744)
    product = queries.live_release("renault-medium")
    assert (len(product.options), len(product.steps), len(product.rules)) == (148, 13, 174)
    assert product.space.answer({}).total == 0
    absent = product.options["v7"].choices[1]
    assert (absent.code, absent.name["en"]) == ("absent", "Absent")
