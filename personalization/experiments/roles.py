"""What a marketer may do here, as "app_label.codename"."""

SEE, PLAN = "experiments.view_experiment", "experiments.change_experiment"
EXPERIMENT_PERMISSIONS = (SEE, PLAN, "experiments.add_experiment")
