"""Browsers get few files, each named by its content; pages come compressed, pictures as is."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from project.compressing import CompressingMiddleware
from project.storage import Joined, StaticFiles

STATIC = settings.BASE_DIR / "static"


def test_a_sheet_is_served_with_the_sheets_that_it_imports() -> None:
    text = Joined(FileSystemStorage(STATIC)).text("css/common.css")
    assert "@import" not in text
    order = ["@layer tokens, base, parts, page;", "@layer base {", "@layer parts {"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_all_files_are_named_by_their_content(tmp_path: Path) -> None:
    for folder in ("js", "css"):
        (tmp_path / folder).mkdir()
    for name in ("js/fields.js", "js/inches.js", "css/ask.css"):
        (tmp_path / name).write_bytes((STATIC / name).read_bytes())
    (tmp_path / "css/all.css").write_text('@import url("ask.css");\n', encoding="utf-8")
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    source = FileSystemStorage(tmp_path)
    names = ("js/fields.js", "js/inches.js", "css/ask.css", "css/all.css")
    paths: dict[str, tuple[Storage, str]] = {name: (source, name) for name in names}
    made = [item for item in storage.post_process(paths) if not item[1].endswith(".gz")]
    done = {name: path for name, path, _ in made}
    script = (tmp_path / done["js/fields.js"]).read_text("utf-8")
    assert Path(done["js/inches.js"]).name in script
    assert ".ask__card" in (tmp_path / done["css/all.css"]).read_text("utf-8")


@pytest.mark.parametrize(
    ("response", "compressed"),
    [
        (HttpResponse("<p>Leather</p>" * 50), True),
        (HttpResponse("{}" * 200, content_type="application/json"), True),
        (HttpResponse(b"x" * 500, content_type="image/webp"), False),
        (StreamingHttpResponse(["x" * 500], content_type="text/plain"), False),
    ],
)
def test_texts_are_compressed_on_their_way(response: HttpResponseBase, compressed: bool) -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = CompressingMiddleware(lambda _: response).process_response(request, response)
    assert (answer.headers.get("Content-Encoding") == "gzip") is compressed
