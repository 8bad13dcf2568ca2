from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HotlineConfig(AppConfig):
    name = "hotline"
    verbose_name = _("Hotline")

    def ready(self) -> None:
        """Nothing starts that could not seal personal data: web, worker and commands alike."""
        from hotline.field_codec import current_header
        from hotline.threads import keep_by_thread

        current_header()
        keep_by_thread()

        from hotline.shelf import ORGANISATIONS, REGIONS

        ORGANISATIONS.serve()
        REGIONS.serve()

        from hotline import calendar_versions, template_versions  # noqa: F401 - rules two people change: they register
