"""Pages that browsers keep and ask about: sent again only if they say something else by now.

Nobody else keeps them (`private`): what is composed for one visitor is in no shared cache.
"""

import re
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
"""Masked anew in every answer; what counts is the secret behind."""


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its mark, or that nothing has changed since the browser got it."""
    said = TOKEN.sub(rb"\1", response.content)
    secret = str(request.META.get("CSRF_COOKIE", "")).encode()
    etag = f'"{blake2b(said, digest_size=16, key=secret[:64]).hexdigest()}"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response
