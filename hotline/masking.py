"""Telephone numbers, and what of a person may be shown to somebody who need not know."""

import re
import unicodedata

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

STARS = "****"

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_EXTENSION = re.compile(r"(?:转|轉|分机|ext\.?|x|#).*$", re.IGNORECASE)
_ADMINISTRATIVE = re.compile(r"^.*(?:省|自治区|市|(?<![小社校园])区|县|旗|街道|镇|乡)")
_ANYBODY = frozenset("市民 群众 居民 业主 村民 住户 匿名 来电人 来电者 诉求人 热心市民 无名 不详 未知".split())  # noqa: SIM905
_FORM_OF_ADDRESS = re.compile(r".{1,2}(?:女士|先生|小姐|同志|老师|师傅|大爷|大妈|阿姨|某某?)")
_DIGITS = {**{ord("０") + n: str(n) for n in range(10)}, ord("Ｘ"): "X", ord("ｘ"): "x", ord("－"): "-"}
# In free text: identity and bank card numbers, then mobiles (also with a country code), then landlines.
_SEPARATOR = r"[ \u00a0·.-]?"
_IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z])(?:\d{{6}}{_SEPARATOR}\d{{8}}{_SEPARATOR}\d{{3}}[\dXx]|\d{{14,18}}[\dXx])(?![0-9A-Za-z])",
    re.ASCII,
)
_MOBILE_IN_TEXT = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:\+|00)?86{_SEPARATOR})?(1[3-9]\d){_SEPARATOR}\d{{4}}{_SEPARATOR}(\d{{4}})(?![0-9A-Za-z])",
    re.ASCII,
)
_LANDLINE_IN_TEXT = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:\+|00)86{_SEPARATOR})?[(（]?(0\d{{2,3}})[)）]?{_SEPARATOR}\d{{4,5}}{_SEPARATOR}(\d{{3}})"
    r"(?![0-9A-Za-z])",
    re.ASCII,
)
_FOREIGN_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(\+\d{1,3})[ -]?(?:\d[ -]?){5,10}(\d{2})(?![0-9A-Za-z])", re.ASCII)


class InvalidPhone(ValueError):  # noqa: N818 (like the other refusals it is named for what it says)
    """The sentence is for the person who typed the number."""


def normalise_phone(text: str, region: str | None = None) -> str:
    """E.164: "１３８ 0000-6021" → "+8613800006021". An extension is dropped. Raises InvalidPhone."""
    compact = _EXTENSION.sub("", unicodedata.normalize("NFKC", text).strip())
    if mobile := _mobile(compact, region or settings.PHONE_REGION):
        return f"+86{mobile}"
    try:
        number = phonenumbers.parse(compact, region or settings.PHONE_REGION)
    except NumberParseException as error:
        raise InvalidPhone(
            _("This is not a telephone number. Write it with its area code, like 0635-8212345.")
        ) from error
    if not phonenumbers.is_valid_number(number) and not _is_new_mobile(number):
        raise InvalidPhone(
            _("No such telephone number exists. Check its digits; a landline needs its area code, like 0635-8212345.")
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _mobile(phone: str, region: str) -> str:
    """The digits of a Chinese mobile number written plainly, as nearly all are: asking the library takes long."""
    digits = phone.removeprefix("+86")
    return digits if (region == "CN" or digits != phone) and _MOBILE.fullmatch(digits) else ""


def _is_new_mobile(number: PhoneNumber) -> bool:
    """China opens mobile prefixes faster than the library learns them."""
    return number.country_code == 86 and bool(_MOBILE.fullmatch(str(number.national_number)))


def mask_phone(phone: str | None) -> str:
    """138****6021 · 0635****345 · +1 212****34. A service number (12345, 110) is nobody's and stays."""
    if not phone:
        return ""
    if mobile := _mobile(phone, settings.PHONE_REGION):
        return f"{mobile[:3]}{STARS}{mobile[-4:]}"
    try:
        number = phonenumbers.parse(phone, settings.PHONE_REGION)
    except NumberParseException:
        return _mask_unknown(phone)
    digits = phonenumbers.national_significant_number(number)
    if len(digits) <= 6:
        return digits if len(digits) >= 3 and not phone.startswith("+") else STARS
    if number.country_code != 86:
        return f"+{number.country_code} {digits[:3]}{STARS}{digits[-2:]}" if len(digits) > 8 else _mask_unknown(phone)
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}{STARS}{digits[-4:]}"
    area = phonenumbers.length_of_geographical_area_code(number) or 3
    return f"0{digits[:area]}{STARS}{digits[-3:]}"


def _mask_unknown(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return STARS + digits[-2:] if len(digits) > 6 else STARS


def mask_name(name: str | None) -> str:
    """李小明 → 李**, 李明 → 李*, John Smith → J*** S***."""
    name = (name or "").strip()
    if not name.isascii():
        return name[:1] + "*" * min(len(name) - 1, 2)
    return " ".join(word[0] + "***" for word in name.split())


def mask_address(address: str | None) -> str:
    """Down to street or township: 东湖区青山街道锦绣花园 3 号楼 → 东湖区青山街道****."""
    if not address:
        return ""
    kept = _ADMINISTRATIVE.match(address.strip())
    return (kept.group() if kept else "") + STARS


def mask_text(text: str | None) -> str:
    """Free text with telephone, identity and bank card numbers masked; never longer, and as it was if it has none."""
    plain = masked = (text or "").translate(_DIGITS)
    masked = _IDENTITY.sub(lambda found: f"{found[0][:3]}{STARS}{found[0][-2:]}", masked)
    for pattern in (_MOBILE_IN_TEXT, _LANDLINE_IN_TEXT, _FOREIGN_IN_TEXT):
        masked = pattern.sub(rf"\1{STARS}\2", masked)
    return (text or "") if masked == plain else masked


def mask_own_name(text: str, name: str) -> str:
    """The text with that person's name masked, never longer. “李女士”, “市民”, one character: nobody's, and stay."""
    name = name.strip()
    if len(name) < 2 or name in _ANYBODY or _FORM_OF_ADDRESS.fullmatch(name):
        return text
    return text.replace(name, mask_name(name)[: len(name)].rstrip())
