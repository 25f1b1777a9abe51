"""Following a link of a message, and the short way out of a text message."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from personalization.messages import codes, links
from personalization.messages.models import Link, Message
from personalization.people import leaving, visitors
from personalization.people.purposes import is_asked

OUT = "out"


@require_safe
def follow(request: HttpRequest, word: str) -> HttpResponse:
    """To where it leads, noted where that is allowed. 404 for words that are not ours or too old.

    Programs that look ahead, browsers that object and other people's accounts note nothing.
    """
    link = links.read(word)
    if link is None:
        raise Http404("no such link")
    if _is_the_reader(request, link):
        links.followed(link)
    return _away(link.target)


def _is_the_reader(request: HttpRequest, link: Link) -> bool:
    ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if request.method != "GET" or ahead or request.headers.get("Sec-GPC") == visitors.SIGNAL:
        return False
    if not request.user.is_authenticated:
        return True
    known = visitors.known_to(request)
    return known is not None and known.whole_id == link.message.person.whole_id


@require_safe
def out(request: HttpRequest, word: str) -> HttpResponse:
    """The short way out: to the page that asks and leaves. Looking at it changes nothing."""
    pk = codes.read(OUT, word)
    message = Message.objects.select_related("person").filter(pk=pk).first() if pk else None
    if message is None or not is_asked(message.purpose, message.channel):
        raise Http404("no such way out")
    return _away(leaving.path_for(message.person, message.purpose, message.channel))


def _away(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
