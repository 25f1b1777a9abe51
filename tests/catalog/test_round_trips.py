"""Products that nobody has written by hand: YAML and workbook say the same, and come back."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.catalog.exporting.plain import data_of
from configurator.catalog.exporting.yaml import write_yaml
from configurator.catalog.importing.loader import forbidden, read_yaml
from configurator.catalog.importing.normal import cases_of_file, centers_of_file, content_of_file
from configurator.catalog.schema import schema_problems
from configurator.catalog.sheets.parsing import parse_book
from configurator.catalog.sheets.reading import read_book
from configurator.catalog.sheets.writing import write_sheets
from tests.engine.oracle import examples

signs = st.characters(
    exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\u0085\ufffe\uffff"
)
NASTY = (
    *(
        "yes",
        "No",
        "~",
        "null",
        "true",
        "TRUE",
        "007",
        "1e3",
        "1.50",
        "12:30",
        "_x000D_",
        "💡 żółw",
    ),
    *(
        "=1+1",
        "@x",
        "-3",
        "'x",
        "a: b",
        "# x",
        "{a}",
        "[",
        "x,y",
        "- x",
        "\\",
        '"',
        "%",
        "&x",
        "*x",
    ),
)
words = st.one_of(
    st.text(signs, min_size=1, max_size=12),
    st.sampled_from(NASTY),
).filter(lambda text: text.strip() and not forbidden(text) and text == text.strip())
prose = st.lists(words, min_size=1, max_size=3).map("\n".join)
codes = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
labels = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True)
numbers = st.one_of(
    st.integers(0, 10**6), st.decimals(0, 1000, places=2).map(lambda n: Decimal(f"{n:f}"))
)
formulas = st.one_of(numbers, st.just("2 * width + 1"), st.just("if a then\n 3 else 4"))
facts = st.one_of(words, st.booleans(), st.integers(-(10**6), 10**6), numbers)


def said(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    others = st.fixed_dictionaries({"en": texts}, optional={"es": texts, "pl": texts})
    return st.one_of(texts, others)


def things(code: st.SearchStrategy[str], **more: st.SearchStrategy[Any]) -> Any:
    """Up to four things, each with its own code."""
    required = {key: value for key, value in more.items() if not key.endswith("_")}
    optional = {key[:-1]: value for key, value in more.items() if key.endswith("_")}
    each = st.fixed_dictionaries({"code": code, **required}, optional=optional)
    return st.lists(each, max_size=4, unique_by=lambda thing: thing["code"])


CHOICES = things(
    *(labels,),
    name=said(words),
    help_=said(prose),
    swatch_=st.just("#a0b1c2"),
    image_=st.just("cards/x y.png"),
    price_=formulas,
    lead_days_=st.integers(0, 9),
    attributes_=st.dictionaries(codes, facts, max_size=3),
    needs_=st.just("nothing"),
)
PLAIN = st.fixed_dictionaries(
    {"kind": st.sampled_from(["toggle", "text", "file"])},
    optional={"price": formulas, "lead_days": st.integers(1, 9), "when": st.just("a and b")},
)
NUMBER = st.fixed_dictionaries(
    {"kind": st.just("number"), "minimum": numbers, "maximum": numbers},
    optional={"step": st.just(Decimal("0.5")), "unit": st.just("mm")},
)
CHOICE = st.fixed_dictionaries(
    {"kind": st.just("choice"), "choices": CHOICES.filter(len)},
    optional={"control": st.sampled_from(["cards", "select"]), "needs": st.just("both")},
)


@st.composite
def products(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(codes, min_size=2, max_size=6, unique=True))
    options = [
        {"code": name, "name": draw(said(words)), **draw(st.one_of(PLAIN, NUMBER, CHOICE))}
        for name in names
    ]
    for option in options:
        if option["kind"] == "text" and draw(st.booleans()):
            option |= {"characters": " A-Z", "max_length": 9, "placeholder": draw(said(words))}
    parts = draw(
        things(
            *(labels,),
            name=said(words),
            number_=words,
            quantity_=formulas,
            material_=said(words),
            bin_=words,
            cut_=st.fixed_dictionaries({"length": formulas}, optional={"width": formulas}),
            scrap_=st.integers(1, 50),
            stock_=numbers,
        )
    )
    layers = draw(
        things(
            *(labels,),
            panel_=st.fixed_dictionaries(
                {
                    "points": st.lists(st.lists(formulas, min_size=2, max_size=2), min_size=3),
                    "fill": st.just("#ffffff"),
                }
            ),
            opacity_=formulas,
            when_=st.just("x = y"),
            layers_=st.lists(st.fixed_dictionaries({"code": labels}), min_size=1, max_size=2),
        )
    )
    data = {
        "format": 1,
        "product": {
            "slug": "made-up",
            "name": draw(said(words)),
            "description": draw(said(prose)),
            "base_price": draw(numbers),
            "rush": draw(st.sampled_from(["15%", 90, Decimal("12.5")])),
            "showcase": draw(st.dictionaries(codes, facts, max_size=3)),
            "guide": draw(_guides()),
        },
        "steps": [
            {
                "code": "one",
                "name": draw(said(words)),
                "help": draw(said(prose)),
                "options": options,
            }
        ],
        "rules": [
            *draw(
                things(
                    labels.map("r.".__add__), rule=st.just("a requires\n b"), message_=said(prose)
                )
            ),
            _table(draw, names),
        ],
        "prices": draw(things(labels, label=said(words), amount=formulas, when_=st.just("a"))),
        "parts": parts,
        "operations": draw(
            things(
                *(labels,),
                name=said(words),
                work_center=st.just("bench"),
                run_minutes_=formulas,
                instructions_=said(prose),
                checks_=st.lists(said(words), min_size=1, max_size=3),
                after_=st.lists(labels, max_size=2, unique=True),
                pictures_=st.just(["a b.png", "c,d.png"]),
            )
        ),
        "work_centers": [{"code": "bench", "name": draw(said(words)), "efficiency": 90}],
        "coverage": draw(
            things(labels, of=st.just(["part:x", "y"]), exactly_=st.just(1), message_=said(prose))
        ),
        "picture": {
            "width": 40,
            "define": draw(st.dictionaries(codes, formulas, min_size=1, max_size=2)),
        }
        | ({"layers": layers} if layers else {}),
    }
    data["cases"] = draw(st.lists(_cases(names), max_size=3, unique_by=lambda c: c["name"]))
    return {key: value for key, value in data.items() if value != [] or key == "cases"}


def _guides() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Questions about needs; at least one, for an empty guide is not written."""
    want = st.fixed_dictionaries({"when": words, "points": st.integers(-10, 10) | st.just("must")})
    answer = st.fixed_dictionaries(
        {"code": codes, "name": said(words)},
        optional={"because": said(words), "wants": st.lists(want, min_size=1, max_size=2)},
    )
    question = st.fixed_dictionaries(
        {
            "code": codes,
            "name": said(words),
            "answers": st.lists(answer, min_size=1, max_size=2),
        },
        optional={"help": said(prose), "several": st.just(True)},
    )
    return st.lists(question, min_size=1, max_size=2)


def _cases(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """What test cases say; whether it is so is not asked here."""
    values = st.one_of(labels, st.booleans(), numbers)
    return st.fixed_dictionaries(
        {"name": words},
        optional={
            "possible": st.booleans(),
            "price": numbers,
            "choices": st.dictionaries(st.sampled_from(names), values, max_size=3),
            "texts": st.dictionaries(st.sampled_from(names), words, max_size=2),
            "parts": st.dictionaries(labels, numbers, max_size=2),
        },
    )


def _table(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    columns = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    row = st.tuples(*(st.one_of(labels, st.booleans(), numbers) for _each in columns)).map(list)
    rows = draw(st.lists(row, max_size=4))
    return {"code": "t.able", "allow": {"options": columns, "rows": rows}}


def _content(data: Any) -> Any:
    return {**content_of_file(data, {}), "cases": cases_of_file(data) or []}


@examples(12)
@given(data=products())
def test_yaml_and_workbook_bring_back_the_same_product(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    assert schema_problems(data) == []
    content, centers = _content(data), centers_of_file(data)

    text = write_yaml(data_of(content, centers))
    file = tmp_path_factory.getbasetemp() / "made-up.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    again = read_yaml(file).data
    assert _content(again) == content
    assert centers_of_file(again) == centers
    assert write_yaml(data_of(_content(again), centers_of_file(again))) == text

    book = io.BytesIO()
    write_sheets(data_of(content, centers), book)
    told, _cells = parse_book(Path("made-up.xlsx"), read_book(io.BytesIO(book.getvalue())))
    assert schema_problems(told) == []
    assert _content(told) == content
    assert write_yaml(data_of(_content(told), centers_of_file(told))) == text
