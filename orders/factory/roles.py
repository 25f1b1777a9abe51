"""What the factory's people may do, as permissions ("app_label.codename")."""

OPERATOR = "factory operator"
LEAD = "factory lead"
STAFF = (OPERATOR, LEAD)

OPERATOR_PERMISSIONS = ("factory.view_workorder",)
LEAD_PERMISSIONS = (
    *("factory.view_workorder", "factory.change_workorder"),
    *(f"factory.{verb}_stage" for verb in ("view", "add", "change", "delete")),
)
