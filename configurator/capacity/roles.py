"""What leads may do about capacity, as "app_label.codename"."""

CAPACITY_PERMISSIONS = (
    "capacity.view_workcenterhours",
    "capacity.change_workcenterhours",
    *(f"capacity.{verb}_closure" for verb in ("view", "add", "change", "delete")),
    *(f"capacity.{verb}_stockitem" for verb in ("view", "add", "change")),
    "capacity.view_stockmove",
    "capacity.view_reservation",
)
