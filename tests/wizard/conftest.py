"""The lamp, published once a test; designs of it; files that customers upload."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from configurator.catalog import queries
from configurator.catalog.importing.service import import_product
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.models import Design
from configurator.wizard.preview.stock import stock
from tests.rows import written_once

LAMP = Path(__file__).with_name("lamp.yaml")


@pytest.fixture(autouse=True)
def places(settings: LazySettings, tmp_path: Path) -> None:
    """Nothing is written outside of the test's folder; static files need no collecting."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PICTURES_DIR = tmp_path / "pictures"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def rooms(settings: LazySettings, tmp_path: Path) -> Path:
    """Empty folders for picture files and kept pictures; nothing remembered."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PICTURES_DIR = tmp_path / "pictures"
    (tmp_path / "media").mkdir()
    stock.clear()
    return tmp_path / "media"


@pytest.fixture
def backend(
    request: pytest.FixtureRequest, settings: LazySettings, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """How the lamp is answered; "sat" as if it were too large to compile."""
    name = str(getattr(request, "param", "diagram"))
    if name == "sat":
        settings.PUBLISH_SECONDS = 0
        settings.SPACES_DIR = tmp_path_factory.getbasetemp() / "searched"
    return name


both = pytest.mark.parametrize("backend", ["diagram", "sat"], indirect=True)
"""For what must be the same whether the product is compiled or searched."""


@pytest.fixture
def lamp(db: None, backend: str) -> ReleasedProduct:
    """The published lamp."""
    written_once(_write_lamp, backend)
    product = queries.live_release("lamp")
    assert product.space.backend == backend
    return product


def _write_lamp() -> None:
    import_product(file=LAMP, publish=True, by="test")


@pytest.fixture
def design(lamp: ReleasedProduct) -> Design:
    """A new design of the lamp."""
    return services.start_design(slug=lamp.slug, language="en")


class Shop:
    """A customer at a design: posts forms as the page has them."""

    def __init__(self, client: Client, design: Design) -> None:
        self.client, self.design = client, design

    def now(self) -> Design:
        self.design.refresh_from_db()
        return self.design

    @property
    def choices(self) -> dict[str, Any]:
        return dict(self.now().state["choices"])

    def get(self, path: str = "", *, htmx: bool = False, **query: str) -> HttpResponse:
        return self._sent("get", path, query, htmx)

    def post(self, verb: str, *, htmx: bool = True, **form: Any) -> HttpResponse:
        """Post a form; without a revision, the present one."""
        form.setdefault("revision", str(self.now().revision))
        form.setdefault("tab", "aaaaaaaaaaaa")
        return self._sent("post", f"{verb}/", form, htmx)

    def choose(self, option: str, value: str, *, htmx: bool = True, **form: Any) -> HttpResponse:
        return self.post("choose", htmx=htmx, set=f"{option}:{value}", **form)

    def _sent(self, method: str, path: str, data: dict[str, Any], htmx: bool) -> HttpResponse:
        headers = {"hx-request": "true"} if htmx else {}
        send = getattr(self.client, method)
        response: HttpResponse = send(f"/d/{self.design.id}/{path}", data, headers=headers)
        return response


@pytest.fixture
def shop(client: Client, design: Design) -> Shop:
    return Shop(client, design)


def picture(size: tuple[int, int] = (64, 48), kind: str = "PNG") -> bytes:
    """The bytes of a small picture file."""
    written = io.BytesIO()
    Image.new("RGB", size, "#a04020").save(written, kind)
    return written.getvalue()
