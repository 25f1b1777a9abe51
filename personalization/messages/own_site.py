"""Messages lead to our own pages only."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme

from configurator.shops.embedding import public

LONGEST = 500


def own_path(url: str) -> str:
    """The path, query and fragment of an address on this site; "" for any other address."""
    site = urlsplit(str(settings.SITE_URL))
    if not url_has_allowed_host_and_scheme(url, {site.netloc}):
        return ""
    parts = urlsplit(url)
    if not parts.path.startswith("/") or parts.path.startswith("//") or len(url) > LONGEST:
        return ""
    return parts._replace(scheme="", netloc="").geturl()


def whole_url(path: str) -> str:
    """A path of this site as it is written to somebody."""
    return public(path)
