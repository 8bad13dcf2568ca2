"""What is filled in about an export: what for, in which form, with names or not; why one is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.exporting import PURPOSE_LIMIT, WHY_LIMIT
from cases.models import ExportForm
from hotline.form_fields import CleanText


class AskExportForm(forms.Form):
    purpose = CleanText(label=_("What it is for"), max_length=PURPOSE_LIMIT)
    form = forms.ChoiceField(
        label=_("Form"), choices=ExportForm.choices, initial=ExportForm.XLSX, widget=forms.RadioSelect
    )
    personal = forms.BooleanField(label=_("With names, telephone numbers and addresses in full"), required=False)

    def __init__(self, *args: Any, offers_personal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offers_personal:
            del self.fields["personal"]


class RefuseExportForm(forms.Form):
    because = CleanText(label=_("Why it is refused"), max_length=WHY_LIMIT)
