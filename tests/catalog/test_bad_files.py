"""Files that are no product at all: refused with file, line and reason, nothing changed."""

from pathlib import Path

import pytest

from configurator.catalog.importing import loader
from tests.catalog.kit import STOOL, line_of, refused, refused_at, spoiled, written

pytestmark = pytest.mark.django_db


def test_missing_file(tmp_path: Path) -> None:
    file = tmp_path / "product.yaml"
    assert refused(file) == [f"{file}: There is no such file."]
    model = tmp_path / "model.xml"
    assert refused(model) == [f"{model}: There is no such file."]


def test_folder(tmp_path: Path) -> None:
    assert "This is a folder" in refused(tmp_path)[0]


@pytest.mark.parametrize("text", ["", "   \n\n", "# only a comment\n", "---\n", "\ufeff"])
def test_empty_file(tmp_path: Path, text: str) -> None:
    (message,) = refused(written(tmp_path, text))
    assert "empty" in message or "Nothing is written here" in message


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfef\x00o\x00", b"a: \xe9"])
def test_no_utf8(tmp_path: Path, data: bytes) -> None:
    file = written(tmp_path, data)
    assert refused(file) == [
        f"{file}:1: This is not UTF-8 text. Save the file in the encoding UTF-8."
    ]


def test_the_line_of_a_byte_that_is_no_utf8(tmp_path: Path) -> None:
    file = written(tmp_path, STOOL.read_bytes().replace(b"Sits anywhere", b"S\xedts anywhere"))
    assert refused(file)[0].startswith(f"{file}:6: This is not UTF-8")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    from configurator.catalog.importing.service import import_product

    data = b"\xef\xbb\xbf" + STOOL.read_bytes().replace(b"\n", b"\r\n")
    assert import_product(file=written(tmp_path, data), dry_run=True).designs == 66


@pytest.mark.parametrize("name", ["product.txt", "product", "product.xls", "product.json"])
def test_wrong_suffix(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, STOOL.read_bytes(), name)
    known = ".yaml, .yml, .xlsx, .zip, .xml, .uvl, .cnf, .dimacs"
    assert refused(file) == [f"{file}: A product is read from a file that ends in {known}."]


def test_too_large(tmp_path: Path) -> None:
    file = written(tmp_path, b"#" * (12 * 1024 * 1024 + 1))
    assert refused(file) == [f"{file}: The file is larger than 12 MB."]


def test_tab_as_indentation(tmp_path: Path) -> None:
    file = spoiled(tmp_path, "  slug: stool", "\tslug: stool")
    assert "There is a tab; indent with spaces." in refused(file)[0]
    assert refused(file)[0].startswith(f"{file}:4: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  tagline: Sits anywhere.", "  tagline: Sits: anywhere."),
        ("currency: EUR", 'currency: "EUR'),
        ("steps:", "steps: ["),
        ("base_days: 4", "base_days: %4"),
        ("base_days: 4", "base_days: @4"),
    ],
)
def test_broken_yaml(tmp_path: Path, old: str, new: str) -> None:
    text = STOOL.read_text(encoding="utf-8")
    file = written(tmp_path, text.replace(old, new, 1))
    (message,) = refused(file)
    assert message.startswith(f"{file}:")
    assert "This is not valid YAML" in message or "Put a text with a colon" in message


def test_doubled_key(tmp_path: Path) -> None:
    file = spoiled(tmp_path, "  tagline: Sits anywhere.", "  currency: PLN")
    assert refused_at(file, "currency: EUR").endswith(
        "“currency” is here twice; it stands already on line 6."
    )


def test_second_document(tmp_path: Path) -> None:
    file = written(tmp_path, STOOL.read_text(encoding="utf-8") + "---\nformat: 1\n")
    assert "remove the second document" in refused_at(file, "---")


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [id]", "!wood pine", "!!str 3"])
def test_tags(tmp_path: Path, tag: str) -> None:
    file = spoiled(tmp_path, "Sits anywhere.", tag)
    assert "are not used here; remove it" in refused_at(file, "tagline")


def test_alias_bomb(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    (message,) = refused(written(tmp_path, "\n".join(lines)))
    assert "These references make the file too large" in message


def test_deep_chain_of_aliases(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 5000)]
    (message,) = refused(written(tmp_path, "\n".join(lines)))
    assert "These references make the file too large" in message


def test_alias_to_itself_and_to_nothing(tmp_path: Path) -> None:
    assert "refers to nothing above it" in refused(written(tmp_path, "a: &a [*a]"))[0]
    assert refused(written(tmp_path, "a: *b"))


def test_an_honest_alias_is_fine(tmp_path: Path) -> None:
    from configurator.catalog.importing.service import import_product

    text = STOOL.read_text(encoding="utf-8")
    text = text.replace("name: {en: Wood,", "name: &wood {en: Wood,")
    text = text.replace("name: Height", "help: *wood\n        name: Height")
    done = import_product(file=written(tmp_path, text), dry_run=True)
    assert done.content["steps"][0]["options"][1]["help"]["pl"] == "Drewno"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nested_ten_thousand_deep(tmp_path: Path, opening: str) -> None:
    (message,) = refused(written(tmp_path, f"format: 1\nsteps:\n  {opening * 10_000}"))
    assert "nested more than 40 levels deep" in message or "not valid YAML" in message


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "MOST_NODES", 4_000)
    (message,) = refused(written(tmp_path, f"steps: [{'a,' * 5_000}]"))
    assert "more than 4,000 entries" in message


@pytest.mark.parametrize("character", ["\u202e", "\x07", "\x7f"])
def test_hidden_characters(tmp_path: Path, character: str) -> None:
    file = spoiled(tmp_path, "Sits anywhere.", f"Sits {character}anywhere.")
    assert f"U+{ord(character):04X}" in refused_at(file, "tagline")


@pytest.mark.parametrize("escape", [r"\0", r"\uD800", r"\u202E", r"\e"])
def test_hidden_characters_by_escapes(tmp_path: Path, escape: str) -> None:
    file = spoiled(tmp_path, "Sits anywhere.", f'"Sits {escape}anywhere."')
    message = refused_at(file, "tagline")
    assert "cannot be in a catalog" in message or "not valid YAML" in message


@pytest.mark.parametrize("text", ["just words", "- a\n- b\n", "42", "true"])
def test_no_map_at_all(tmp_path: Path, text: str) -> None:
    (message,) = refused(written(tmp_path, text))
    assert "it should be a map" in message


def test_a_key_that_is_no_word(tmp_path: Path) -> None:
    (message,) = refused(written(tmp_path, "format: 1\n? [a, b]\n: 3\n"))
    assert message.endswith(":2: A key must be a plain word.")


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    text = STOOL.read_text(encoding="utf-8")
    text = text.replace("currency: EUR", "currency: euro").replace("tax_rate: 23", "tax_rate: many")
    text = text.replace("kind: number", "kind: numbre").replace("base_days: 4", "base_days: -4")
    file = written(tmp_path, text)
    lines = [int(message.split(":")[1]) for message in refused(file)]
    assert lines == sorted(line_of(file, w) for w in ("euro", "many", "numbre", "base_days"))
