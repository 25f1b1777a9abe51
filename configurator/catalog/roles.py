"""What a catalog admin may do, as "app_label.codename"."""

_EDITED = (
    *("product", "step", "option", "choice", "rule", "pricerule"),
    *("part", "operation", "workcenter", "layer", "layerfile", "designcase", "inspiration"),
)
_VERBS = ("view", "add", "change", "delete")
EDITING_PERMISSIONS = tuple(f"catalog.{verb}_{model}" for model in _EDITED for verb in _VERBS)
"""What it takes to put a whole product in the place of another."""
CATALOG_ADMIN_PERMISSIONS = (
    *EDITING_PERMISSIONS,
    "catalog.view_release",
    "catalog.view_publication",
    "catalog.publish_product",
)
