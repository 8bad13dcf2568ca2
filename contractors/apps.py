from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractorsConfig(AppConfig):
    name = "contractors"
    verbose_name = _("Contractors")

    def ready(self) -> None:
        """The measures of contractors, where clauses find them, and the rules that two people change."""
        from contractors import measures, scope, staff_rows  # noqa: F401 - they register themselves
