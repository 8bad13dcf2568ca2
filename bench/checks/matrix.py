"""Nobody is let in beyond their right: every address, for everybody, about everything there is, as the tables say.

All cells of tests/access/addresses.txt and tests/access/reach.txt. ``bin/test`` asks one thing of each kind in each
cell; this asks about all of them. What is hidden must be answered, to the byte and by the same questions to the
database, as what is not there.
"""

from __future__ import annotations

import logging
import multiprocessing
import random
from argparse import ArgumentParser, Namespace
from unittest.mock import patch

from django.core.cache import cache
from django.db import connections
from django.test.utils import override_settings, setup_test_environment

from bench.guessing.judging import undone
from bench.report import Report
from bench.town import town
from hotline.roles import Role
from tests.access import ground
from tests.access.asking import Caller
from tests.access.ground import Ground
from tests.access.tables import addresses
from tests.access.test_matrix import AROUND, SOMEBODY_ELSE, Matrix
from tests.people import member

TOLD = 20
A_DAY = 86_400.0


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--processes", type=int, default=2)


def run(options: Namespace, report: Report) -> None:
    setup_test_environment()
    logging.disable(logging.ERROR)  # thousands of refusals
    everybody = [username for group in AROUND.values() for username in group]
    random.Random(options.seed).shuffle(everybody)
    last_use = patch("hotline.guards.NOTED_SECONDS", A_DAY)  # what sessions note is undone, and noted anew
    with town(), last_use, override_settings(SESSION_IDLE_SECONDS=A_DAY):
        laid = ground.lay([*everybody, SOMEBODY_ELSE])
        for username in everybody:
            Caller(username)  # their keys
        connections.close_all()
        with multiprocessing.get_context("fork").Pool(options.processes) as pool:
            found = pool.starmap(walked, [(laid, username) for username in everybody], chunksize=1)
        roles = {member(username).role for username in everybody}
    wrong = [fault for faults, _cells in found for fault in faults]
    for fault in wrong[:TOLD]:
        report.fault(fault)
    report.figure("addresses with their methods", len(addresses()))
    report.figure("people", len(everybody))
    report.figure("roles among them", len(roles), exactly=len(Role))
    report.figure("cells", sum(cells for _faults, cells in found))
    report.figure("cells that differ from the tables", len(wrong), exactly=0)


def walked(laid: Ground, username: str) -> tuple[list[str], int]:
    """One person before every address, about everything."""
    cache.clear()  # the rate of requests is another promise
    with undone():
        matrix = Matrix(laid, member(username), Caller(username), whole=True)
        matrix.walk()
    return matrix.wrong, matrix.cells
