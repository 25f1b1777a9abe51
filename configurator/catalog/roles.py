"""What a catalog admin may do, as "app_label.codename"."""

_EDITED = (
    *("product", "step", "option", "choice", "rule", "pricerule"),
    *("part", "operation", "workcenter", "layer", "layerfile", "designcase"),
)
_VERBS = ("view", "add", "change", "delete")
CATALOG_ADMIN_PERMISSIONS = (
    *(f"catalog.{verb}_{model}" for model in _EDITED for verb in _VERBS),
    "catalog.view_release",
    "catalog.publish_product",
)
