"""What a marketer may do here, as "app_label.codename"."""

PROMO_PERMISSIONS = (
    *(
        f"promo.{verb}_{model}"
        for model in ("promotion", "promocode", "floor")
        for verb in ("view", "add", "change", "delete")
    ),
    "promo.view_redemption",
)
