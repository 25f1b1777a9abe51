"""What our pages tell whoever looks at them, for the head of every page; asked only if shown."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from personalization.messages import services
from personalization.messages.models import Message
from personalization.people import visitors


def told(request: HttpRequest) -> dict[str, object]:
    """`told_here`: the most important message to this visitor that is not put away yet, or None."""

    def find() -> Message | None:
        person = visitors.known_to(request)
        return services.first_on_pages(person) if person is not None else None

    return {"told_here": SimpleLazyObject(find)}
