"""Reading designs."""

from uuid import UUID

from django.http import Http404

from configurator.catalog.configuration import Configuration
from configurator.wizard.models import Design


def design_or_404(design_id: UUID) -> Design:
    """The design with this id, which is all that it takes to see and change it."""
    design = Design.objects.filter(id=design_id).first()
    if design is None:
        raise Http404("no such design")
    return design


def configuration_at(design: Design, revision: int) -> Configuration:
    """The state after an event; Http404 if the design never had that revision."""
    if revision == design.revision:
        return Configuration.from_json(design.state)
    state = design.events.filter(revision=revision).values_list("state", flat=True).first()
    if state is None:
        raise Http404("no such revision")
    return Configuration.from_json(state)
