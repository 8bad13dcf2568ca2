"""The published list of rights says what the table of roles says."""

from __future__ import annotations

from hotline.rights import SIDES, WORDS, document, place, reach_of, rights_of
from hotline.roles import ROLES, Capability, Role


def test_the_published_list_is_written_from_the_table() -> None:
    assert place().read_text(encoding="utf-8") == document(), "run manage.py write_rights"


def test_every_role_stands_on_one_side() -> None:
    assert sorted(role for side in SIDES.values() for role in side) == sorted(Role)


def test_every_right_is_said_in_words() -> None:
    assert set(WORDS) == set(Capability), "add the words to hotline/rights.py"
    said = [str(words) for words in WORDS.values()]
    assert len(set(said)) == len(said)


def test_a_role_may_do_what_the_table_says() -> None:
    assert rights_of("callback_officer") == [str(WORDS[r]) for r in ROLES if Role.CALLBACK_OFFICER in ROLES[r]]
    assert {reach_of(role) for role in SIDES["platform"] | SIDES["arbiter"]} == {"No cases."}
