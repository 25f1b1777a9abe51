"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecommendingConfig(AppConfig):
    name = "personalization.recommending"
    label = "recommending"
    verbose_name = _("Recommendations")

    def ready(self) -> None:
        """The wizard asks here what others chose; what is ordered is learned from."""
        from configurator.catalog import happenings
        from configurator.wizard import advising as wizard
        from personalization.recommending import services
        from personalization.recommending.advising import ADVISER

        wizard.advised_by(ADVISER)
        happenings.heard_by(services.hear)
