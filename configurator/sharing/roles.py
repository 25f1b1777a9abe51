"""What a marketer may do here, as "app_label.codename": look over the gallery's queue."""

MODERATING_PERMISSIONS = ("sharing.view_entry", "sharing.change_entry", "sharing.view_report")
