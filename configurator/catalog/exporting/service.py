"""A product's rows, as they are now, as a file of one of the formats."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from configurator.catalog.case_rows import cases_content
from configurator.catalog.content import Content
from configurator.catalog.drafts import read_content
from configurator.catalog.exporting.archive import write_archive
from configurator.catalog.exporting.errors import ExportRefused
from configurator.catalog.exporting.plain import centers_of, data_of
from configurator.catalog.exporting.yaml import write_yaml
from configurator.catalog.importing.pictures import named_paths
from configurator.catalog.modeling import model_of
from configurator.catalog.models import Product
from configurator.catalog.sheets.writing import write_sheets
from configurator.engine import EngineError, Model
from configurator.engine.formats import WRITERS

MOST_IN_MEMORY = 16 * 1024 * 1024


@dataclass(frozen=True)
class Export:
    """A file to hand over; `file` is open at its beginning."""

    name: str
    media_type: str
    file: IO[bytes]


def export_product(*, product: Product, kind: str) -> Export:
    """The product in the format `kind`, a key of FORMATS; raises ExportRefused."""
    suffix, media_type, write = FORMATS[kind]
    file: IO[bytes] = tempfile.SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115 (handed over)
    try:
        write({**read_content(product), "cases": cases_content(product)}, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Export(f"{product.slug}{suffix}", media_type, file)


def product_yaml(content: Content) -> str:
    """The content as the text of a product.yaml."""
    return write_yaml(data_of(content, centers_of(content)))


def _yaml(content: Content, file: IO[bytes]) -> None:
    file.write(product_yaml(content).encode())


def _sheets(content: Content, file: IO[bytes]) -> None:
    write_sheets(data_of(content, centers_of(content)), file)


def _archive(content: Content, file: IO[bytes]) -> None:
    write_archive(file, product_yaml(content), _named_files(content))


def _named_files(content: Content) -> dict[str, str]:
    """The picture files that the product names; of a draft in no order all that it has."""
    files: dict[str, str] = content["files"]
    try:
        named = named_paths(content)
    except (ArithmeticError, TypeError, KeyError, AttributeError, ValueError):
        return files
    return {path: place for path, place in files.items() if path in named}


def _model(suffix: str) -> Callable[[Content, IO[bytes]], None]:
    def write(content: Content, file: IO[bytes]) -> None:
        try:
            file.write(WRITERS[suffix](_model_of(content)))
        except EngineError as error:
            raise ExportRefused(f"{str(error)[:1].upper()}{str(error)[1:]}") from None

    return write


def _model_of(content: Content) -> Model:
    try:
        return model_of(content)
    except (ArithmeticError, TypeError, KeyError, AttributeError, ValueError):
        raise ExportRefused(
            "The product is not in order yet, so its rules cannot be written. "
            "“Examine” tells what is to be mended."
        ) from None


Write = Callable[[Content, IO[bytes]], None]
FORMATS: dict[str, tuple[str, str, Write]] = {
    "zip": (".zip", "application/zip", _archive),
    "yaml": (".yaml", "application/yaml", _yaml),
    "xlsx": (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _sheets,
    ),
    "uvl": (".uvl", "text/plain; charset=utf-8", _model(".uvl")),
    "xcsp": (".xml", "application/xml", _model(".xml")),
}
