"""What people of the firm may do here, as "app_label.codename"."""

ANSWER, SEE = "dialogue.change_thread", "dialogue.view_thread"
CHANGED = "dialogue.close_by_release"
ANSWERING_PERMISSIONS = (
    *(SEE, ANSWER, CHANGED),
    *("dialogue.view_idea", "dialogue.change_idea"),
    *(f"dialogue.{verb}_savedanswer" for verb in ("view", "add", "change", "delete")),
)
"""A marketer's: the whole inbox."""
CATALOG_PERMISSIONS = (CHANGED,)
"""Of who publishes: to say which talks a release answers."""
