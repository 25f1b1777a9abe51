"""An API's OpenAPI document is written once a process and language: it takes half a second."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema


class DocumentedOnce(NinjaAPI):
    """A NinjaAPI whose routers are all added before its document is first asked for."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self._document: Callable[[str, str | None], OpenAPISchema]
        self._document = lru_cache(maxsize=32)(self._write_document)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return self._document(prefix, get_language())

    def _write_document(self, prefix: str, _language: str | None) -> OpenAPISchema:
        return super().get_openapi_schema(path_prefix=prefix)
