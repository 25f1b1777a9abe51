"""Papers as browsers get them."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control


def pdf_response(data: bytes, name: str) -> HttpResponse:
    """A PDF to be looked at, which nobody between here and the reader keeps."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    patch_cache_control(response, private=True, no_cache=True)
    return response
