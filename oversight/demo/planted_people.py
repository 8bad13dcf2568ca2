"""More bodies and people than the demo city has, so that of each scheme there are enough guilty and far more honest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from hotline.models import Membership, Organisation, Region, User
from hotline.roles import Role
from oversight.demo.reference import BEGAN

MARK = "ZZ"  # codes and user names of what is added begin with it
AGENTS, INSPECTORS, COMPANIES = 24, 18, 12


def add(units: int) -> None:
    """So many units with a handler each; agents and inspectors for both contractors; contractors with a manager."""
    city = Region.objects.get(parent=None)
    since = DateTimeTZRange(datetime(BEGAN.year, BEGAN.month, BEGAN.day, tzinfo=UTC), None)
    people = list(_staff(_bodies(Organisation.Kind.UNIT, "单位", units, city), Role.HANDLER))
    companies = _bodies(Organisation.Kind.CONTRACTOR, "公司", COMPANIES, city)
    people += [*_staff(companies, Role.CONTRACTOR_MANAGER), *_staff(companies, Role.AGENT)]
    both = list(Organisation.objects.filter(code__in=("JIA", "YI")).order_by("code"))
    people += _staff(both * (AGENTS // 2), Role.AGENT)
    people += _staff(both * (INSPECTORS // 2), Role.QUALITY_INSPECTOR)
    for n, (body, role) in enumerate(people, start=1):
        user = User.objects.create(username=f"{MARK}{n}".lower(), name=f"员工{n}", staff_number=f"{MARK}{n:04}")
        Membership.objects.create(user=user, organisation=body, role=role, valid=since)


def _bodies(kind: str, name: str, n: int, city: Region) -> list[Organisation]:
    return [
        Organisation.objects.create(
            code=f"{MARK}{kind[0].upper()}{k}", kind=kind, name=f"{name}{k}", tier=1, region=city, active_from=BEGAN
        )
        for k in range(1, n + 1)
    ]


def _staff(bodies: Iterable[Organisation], role: Role) -> Iterable[tuple[Organisation, Role]]:
    return [(body, role) for body in bodies]
