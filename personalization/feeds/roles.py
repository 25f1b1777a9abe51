"""What a marketer may do here, as "app_label.codename"."""

FEED_PERMISSIONS = ("feeds.view_export", "feeds.add_export")
