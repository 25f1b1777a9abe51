"""Taking a work order's artwork to the machines."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from orders.factory import queries
from orders.factory.access import factory_staff
from orders.factory.artwork_files import FILES
from orders.factory.models import WorkOrder
from orders.papers.truth import with_sizes


@require_safe
@factory_staff
def artwork(request: HttpRequest, number: str, option: str, kind: str) -> HttpResponse:
    """A file of an artwork: `original`, `placed` in its place, or its `inks`."""
    try:
        found = queries.work_order(number)
    except WorkOrder.DoesNotExist:
        raise Http404("no such work order") from None
    specification = found.specification
    product = released(specification.release_id)
    configuration = Configuration.from_json(specification.content["configuration"])
    sized = with_sizes(specification.content, product, configuration)
    item = next((item for item in sized["files"] if item["option"] == option), None)
    if item is None or kind not in FILES:
        raise Http404("no such file")
    try:
        file = FILES[kind](item)
    except (OSError, ValueError):
        raise Http404("the file is gone") from None
    response = HttpResponse(file.data, content_type=file.media_type)
    name = f"{found.number}-{option}-{kind}.{file.suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response
