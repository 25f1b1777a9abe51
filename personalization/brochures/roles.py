"""What a marketer may do here, as "app_label.codename"."""

BROCHURE_PERMISSIONS = (
    "brochures.view_run",
    "brochures.add_run",
    "brochures.change_run",
    "brochures.view_brochure",
)
