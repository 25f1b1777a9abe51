"""What a marketer may do here, as "app_label.codename"."""

SEE, EDIT = "slots.view_variant", "slots.change_variant"
SLOT_PERMISSIONS = (SEE, EDIT, "slots.add_variant", "slots.delete_variant")
