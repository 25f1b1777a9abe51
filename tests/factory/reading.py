"""Reading papers back: their text with pypdf, their codes from a picture of the page."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.missing import missing


def pages(pdf: bytes) -> list[str]:
    """The text of every page, white space folded."""
    return [fold(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def fold(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def squeezed(words: str) -> str:
    """Without any white space: lines broken on paper read as one."""
    return re.sub(r"\s+", "", words)


def pictures(pdf: bytes, folder: Path, *, dpi: int = 150) -> list[Image.Image]:
    """Every page as it would be printed."""
    if shutil.which("pdftoppm") is None:
        missing("pdftoppm")
    source = folder / "paper.pdf"
    source.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", str(source), str(folder / "page")], check=True
    )
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page-*.png"))]


def scanned(page: Image.Image) -> dict[str, str]:
    """What a scanner reads on a page, by the kind of code."""
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(page)}
