"""What a request and a reply must say, where the form alone does not see to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import handling
from cases.models import Case
from hotline.acts import Invalid
from tests.people import category, member
from tests.stories import MONDAY, a_case, a_reply, lead, signed

pytestmark = pytest.mark.django_db


def test_a_group_of_categories_is_no_category_for_a_case() -> None:
    group = category().parent
    assert group is not None
    with pytest.raises(Invalid) as refused:
        a_case(category=group)
    assert (refused.value.field, group.label in str(refused.value)) == ("category", True)
    assert not Case.objects.exists()


def test_a_contact_cannot_lie_before_the_request() -> None:
    case = signed()
    words = a_reply(contacted=True, contacted_at=MONDAY - timedelta(minutes=1))
    with pytest.raises(Invalid) as refused:
        handling.reply(lead(case), words, by=member("sun"), at=MONDAY + timedelta(hours=2), version=case.version)
    assert refused.value.field == "contacted_at"
