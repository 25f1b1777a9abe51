"""What a marketer may do here, as "app_label.codename"."""

SEE, LIMIT = "letters.view_message", "letters.change_cap"
MESSAGE_PERMISSIONS = (SEE, LIMIT)
