from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """The rules that two people change, where the ground floor finds them; the lists that can be exported;
        and categories and channels from their shelves."""
        from cases import (  # noqa: F401 - they register
            export_lists,
            independent_rules,
            policy_versions,
            reason_versions,
            survey_rules,
            urging_rules,
        )
        from cases.shelves import CATEGORIES, CHANNELS

        CATEGORIES.serve()
        CHANNELS.serve()
