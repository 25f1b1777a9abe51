"""What a marketer may do here, as "app_label.codename"."""

WORD = "people.add_wording"
PEOPLE_PERMISSIONS = (
    "people.view_person",
    "people.view_event",
    "people.view_decision",
    "people.view_wording",
    WORD,
    *(
        f"people.{verb}_{model}"
        for model in ("exchange", "question")
        for verb in ("view", "add", "change", "delete")
    ),
)
