"""No request makes the API fail or answer otherwise than it announces: 10,000 drawn from its own description.

Every operation is called by every role and by nobody: as the description asks, and against it; about things that are
there in every state, and about things that are not. What a role may do gets most of the requests.
"""

from __future__ import annotations

import logging
import random
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator

from django.core.cache import cache
from django.test.utils import override_settings, setup_test_environment

from bench.hostile import nothing_need_last
from bench.hostile.operations import Caller, ground, identity_of, operations
from bench.report import Report
from bench.town import town
from hotline.roles import ROLES, Capability, Role
from tests.cases.api.client import Api, operation_of
from tests.cases.api.test_permissions import OPERATIONS, PLAYERS
from tests.people import member

REFUSED_SHARE = 0.15  # of the requests: by those who may not anyhow
FRESH = 3  # operations that share what is there
TOLD = 20


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=10_000, help="requests in all")


def run(options: Namespace, report: Report) -> None:
    setup_test_environment()
    logging.disable(logging.WARNING)  # thousands of refusals
    chance = random.Random(options.seed)
    answered, faults = Counter[int](), list[str]()
    with town(), override_settings(SUSPENSIONS_PER_UNIT=options.n):  # what is laid out anew piles up in one city
        nothing_need_last()
        while (left := options.n - answered.total() - len(faults)) > 0:  # some operations can be asked in few ways only
            for caller in round_of(left, chance):
                answered += caller.answered
                faults += caller.faults
    tell(report, answered, faults, options.n)


def round_of(n: int, chance: random.Random) -> Iterator[Caller]:
    """About so many requests, spread over all operations and roles."""
    wanted = {operation_of(o.method, o.path)["operationId"]: o.capability for o in OPERATIONS}
    counts = examples(n, list(wanted.values()))
    programs = {role: Api(name_of(role)) for role in [*Role, None]}
    for turn, label in enumerate(operations()):
        if turn % FRESH == 0:
            there = ground()
        capability = wanted[identity_of(label)]
        for role, program in programs.items():
            cache.clear()  # the rate of requests is another promise
            caller = Caller(label, program, there, chance)
            caller.run(counts[role in ROLES[capability]], chance.randrange(2**31))
            yield caller


def examples(n: int, wanted: list[Capability]) -> dict[bool, int]:
    """How many requests each role sends to each operation that it may, or may not, use."""
    may = sum(len(ROLES[capability]) for capability in wanted)
    rest = len(wanted) * (len(Role) + 1) - may
    refused = max(1, round(n * REFUSED_SHARE / rest))
    return {False: refused, True: max(1, -(-(n - refused * rest) // may))}


def name_of(role: Role | None) -> str:
    return next((name for name in PLAYERS if member(name).role == role), "") if role else ""


def tell(report: Report, answered: Counter[int], faults: list[str], n: int) -> None:
    for fault in faults[:TOLD]:
        report.fault(fault)
    report.figure("requests", answered.total() + len(faults), at_least=n)
    report.figure("operations", len(operations()))
    report.figure("roles, and nobody", len(Role) + 1)
    report.figure("server errors", sum(f.startswith("500") for f in faults) + _of(answered, 5), exactly=0)
    report.figure("answers not announced", sum(f.startswith("undeclared") for f in faults), exactly=0)
    report.figure("done (2xx)", _of(answered, 2))
    report.figure("refused (4xx)", _of(answered, 4))


def _of(answered: Counter[int], hundred: int) -> int:
    return sum(count for status, count in answered.items() if status // 100 == hundred)
