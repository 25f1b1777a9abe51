"""What a marketer may do here, as "app_label.codename"."""

PEOPLE_PERMISSIONS = (
    "people.view_person",
    "people.view_event",
    "people.view_decision",
    "people.view_wording",
    "people.add_wording",
)
