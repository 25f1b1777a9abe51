from django.apps import AppConfig


class RecommendingConfig(AppConfig):
    name = "personalization.recommending"
    label = "recommending"
    verbose_name = "recommendations"
