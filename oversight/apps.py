from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = _("Oversight")

    def ready(self) -> None:
        """What registers itself: the thresholds of the detectors, for two people to change; lists to export."""
        from oversight import detector_rules, export_lists  # noqa: F401
