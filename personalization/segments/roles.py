"""What a marketer may do here, as "app_label.codename"."""

SEGMENT_PERMISSIONS = tuple(
    f"segments.{verb}_segment" for verb in ("view", "add", "change", "delete")
)
