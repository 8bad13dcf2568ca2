from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractorsConfig(AppConfig):
    name = "contractors"
    verbose_name = _("Contractors")

    def ready(self) -> None:
        """What registers itself: measures with their rows, for clauses to find, and rules that two people change."""
        from contractors import (  # noqa: F401 - they register
            call_rows,
            independent_rows,
            measures,
            presence_rows,
            quality_rows,
            scope,
            staff_rows,
        )
