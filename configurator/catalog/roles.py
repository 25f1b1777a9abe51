"""What a catalog admin may do, as "app_label.codename"."""

_EDITED = (
    *("product", "step", "option", "choice", "rule", "pricerule"),
    *("part", "operation", "workcenter", "layer", "layerfile"),
)
CATALOG_ADMIN_PERMISSIONS = (
    *(
        f"catalog.{verb}_{model}"
        for model in _EDITED
        for verb in ("view", "add", "change", "delete")
    ),
    "catalog.view_release",
    "catalog.publish_product",
)
