from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = _("Oversight")

    def ready(self) -> None:
        """The thresholds of the detectors register themselves, for two people to change."""
        from oversight import detector_rules  # noqa: F401
