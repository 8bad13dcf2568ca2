"""The published list of rights says what the table of roles says."""

from __future__ import annotations

from hotline.rights import SIDES, document, place
from hotline.roles import Role


def test_the_published_list_is_written_from_the_table() -> None:
    assert place().read_text(encoding="utf-8") == document(), "run manage.py write_rights"


def test_every_role_stands_on_one_side() -> None:
    assert sorted(role for side in SIDES.values() for role in side) == sorted(Role)
