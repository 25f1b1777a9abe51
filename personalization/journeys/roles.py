"""What a marketer may do here, as "app_label.codename"."""

SEE, EDIT = "journeys.view_journey", "journeys.change_journey"
JOURNEY_PERMISSIONS = (SEE, EDIT)
