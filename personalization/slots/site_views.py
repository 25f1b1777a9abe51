"""Uploaded pictures, for whoever sees a page."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from configurator.wizard.views.pictures import FOREVER, width_of
from personalization.slots import uploads


@require_safe
def picture(request: HttpRequest, sha: str) -> FileResponse:
    """One, `w` pixels wide; its address names what never changes."""
    try:
        file = uploads.path_of(sha, width_of(request.GET.get("w", ""))).open("rb")
    except (ValueError, FileNotFoundError):
        raise Http404("no such picture") from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = f"public, {FOREVER}"
    return response
