"""Personal data is found by its index however it was typed, and is shown masked."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from hotline.privacy import (
    InvalidPhone,
    blind_index,
    check_retrieval_code,
    mask_address,
    mask_name,
    mask_phone,
    mask_text,
    normalise_phone,
    retrieval_code,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800006021", "+8613800006021"),
        ("138 0000 6021", "+8613800006021"),
        ("+86-138-0000-6021", "+8613800006021"),
        ("008613800006021", "+8613800006021"),
        ("１３８００００６０２１", "+8613800006021"),
        ("0635-8212345", "+866358212345"),
        ("(0635) 8212345 转 801", "+866358212345"),
        ("010-65251234", "+861065251234"),
        ("+1 212 555 2368", "+12125552368"),
        ("+852 2123 4567", "+85221234567"),
    ],
)
def test_a_number_is_one_however_it_is_typed(typed: str, number: str) -> None:
    assert normalise_phone(typed) == number
    assert blind_index("phone", typed) == blind_index("phone", number)


@pytest.mark.parametrize("typed", ["", "李小明", "1380000602", "99999999999999", "8212345"])
def test_what_is_no_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(InvalidPhone, match=r"number|号码"):
        normalise_phone(typed)


def test_every_number_is_found_by_its_index_and_by_its_last_four() -> None:
    numbers = [f"+861380{n:07d}" for n in range(0, 10_000_000, 4999)]
    assert len({blind_index("phone", number) for number in numbers}) == len(numbers)
    assert {blind_index("phone_last4", number) for number in numbers} <= {
        blind_index("phone_last4", number[-4:]) for number in numbers
    }


def test_the_last_four_share_their_index_with_others() -> None:
    indexes = [blind_index("phone_last4", f"{n:04d}") for n in range(10_000)]
    assert {len(index) for index in indexes} == {2}
    assert len(set(indexes)) < 4097


def test_an_index_depends_on_its_column_and_on_its_key(settings: Settings) -> None:
    here, there = blind_index("cases_citizen.phone", "13800006021"), blind_index("cases_call.phone", "13800006021")
    assert here != there
    settings.BLIND_INDEX_KEY = base64.b64encode(b"2" * 32).decode()
    assert blind_index("cases_citizen.phone", "13800006021") != here


@pytest.mark.parametrize("column", ["name", "surname", "sex", "cases_citizen.address"])
def test_columns_with_few_values_may_not_be_indexed(column: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        blind_index(column, "李")


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+8613800006021", "138****6021"),
        ("13800006021", "138****6021"),
        ("+866358212345", "0635****345"),
        ("+861065251234", "010****234"),
        ("+12125552368", "+1 212****68"),
        ("+85221234567", "****67"),
        ("12345", "12345"),
        ("110", "110"),
        ("不详", "****"),
        ("", ""),
        (None, ""),
    ],
)
def test_phones_are_masked(phone: str | None, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李小明", "李**"),
        ("李明", "李*"),
        ("李", "李"),
        ("阿卜杜拉·买买提", "阿**"),
        ("John Smith", "J*** S***"),
        (None, ""),
    ],
)
def test_names_are_masked(name: str | None, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("东湖区青山街道锦绣花园 3 号楼 2 单元 501 室", "东湖区青山街道****"),
        ("聊城市东昌府区锦绣小区 3 号楼", "聊城市东昌府区****"),
        ("阳谷县石佛镇王楼村 12 号", "阳谷县石佛镇****"),
        ("锦绣花园 3 号楼", "****"),
        ("", ""),
    ],
)
def test_addresses_are_masked_below_the_street(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请回电13800006021，谢谢", "请回电138****6021，谢谢"),
        ("打 138-0000 6021 或 +86 13900001234", "打 138****6021 或 139****1234"),
        ("１３８００００６０２１", "138****6021"),
        ("座机0635-8212345，(010) 65251234", "座机0635****345，010****234"),
        ("身份证371502199001011234", "身份证371****34"),
        ("371502 19900101 123X。", "371****3X。"),
        ("卡号 6222021234567890123", "卡号 622****23"),
        ("工单 20260316-048218，金额 1234567.89 元，2026-03-16 10:06", None),
        ("路灯编号 12345678，3 号楼 501 室", None),
    ],
)
def test_numbers_of_people_are_masked_in_free_text_and_others_stay(text: str, masked: str | None) -> None:
    assert mask_text(text) == (text if masked is None else masked)


def test_a_retrieval_code_fits_its_case_only() -> None:
    code = retrieval_code("20260316-048218")
    assert len(code) == 6
    assert code.isdecimal()
    assert check_retrieval_code("20260316-048218", f" {code[:3]} {code[3:]} ")
    assert not check_retrieval_code("20260316-048218", f"{(int(code) + 1) % 1_000_000:06d}")
    assert not check_retrieval_code("20260316-048218", "李小明")
    assert len({retrieval_code(f"20260316-{n:06d}") for n in range(1000)}) > 990
