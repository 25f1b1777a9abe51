"""What who keeps the catalog may do here, as "app_label.codename"."""

SELLING_PERMISSIONS = tuple(
    f"selling.{verb}_{model}"
    for model in ("taxrate", "shippingoption")
    for verb in ("view", "add", "change", "delete")
)
