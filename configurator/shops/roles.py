"""Who keeps the shops of brands, as "app_label.codename"."""

SHOP_PERMISSIONS = tuple(
    f"shops.{verb}_{model}"
    for model in ("shop", "theme", "rate")
    for verb in ("view", "add", "change", "delete")
)
