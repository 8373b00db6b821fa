"""The app in Django's register."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Register the app, its policies, and its part of a report."""

    name = "fourfold.web.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        """Let the policy know the models of the app, and reports the recommendations."""
        from fourfold.web.recommendations import policies  # noqa: F401
        from fourfold.web.recommendations.selectors.report_part import recommendations_of
        from fourfold.web.supercomplaints.reports import register_part

        register_part("recommendations", recommendations_of)
