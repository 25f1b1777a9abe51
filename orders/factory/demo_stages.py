"""The stages that customers of the demo read of, by its work centers."""

from configurator.catalog.models import WorkCenter
from orders.factory.models import Stage

STAGES = (
    (
        {"en": "Cut to size", "es": "Cortado a medida", "pl": "Wycięte na wymiar"},
        ("stores", "cutting", "skiving", "saw", "router"),
    ),
    (
        {"en": "Put together", "es": "Montado", "pl": "Złożone"},
        ("frame", "machine", "bench", "joinery", "wheels", "assembly", "electrics"),
    ),
    (
        {"en": "Finished by hand", "es": "Acabado a mano", "pl": "Wykończone ręcznie"},
        ("press", "printer", "edges", "finishing", "paint"),
    ),
    (
        {"en": "Checked and packed", "es": "Revisado y embalado", "pl": "Sprawdzone i spakowane"},
        ("finish", "packing", "crating", "dispatch"),
    ),
)


def make_stages() -> int:
    """Create the demo's stages where there are none yet; how many."""
    if Stage.objects.exists():
        return 0
    for position, (names, centers) in enumerate(STAGES, 1):
        texts = {f"name_{language}": text for language, text in names.items()}
        stage = Stage.objects.create(position=position, **texts)
        stage.work_centers.set(WorkCenter.objects.filter(code__in=centers))
    return len(STAGES)
