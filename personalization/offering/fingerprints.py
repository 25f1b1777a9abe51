"""Whether an offer is still as its form was shown: who saves in two tabs, or after somebody else,
is told so once instead of undoing what the other did."""

import json
from hashlib import blake2b

from django.forms.models import model_to_dict

from personalization.offering.models import Offer


def fingerprint(offer: Offer) -> str:
    """Changes with all that the form of an offer says; "" for a new one."""
    if offer.pk is None:
        return ""
    fresh = Offer.objects.select_related("promotion").get(pk=offer.pk)
    promotion = model_to_dict(fresh.promotion)
    promotion["products"] = sorted(each.pk for each in promotion["products"])
    said = json.dumps([promotion, model_to_dict(fresh)], default=str, sort_keys=True)
    return blake2b(said.encode(), digest_size=12).hexdigest()
