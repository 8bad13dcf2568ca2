"""How many agents a load of calls needs: the queues M/M/n (Erlang C) and M/M/n+M (Erlang A, impatient callers). Pure.

Sources: A. K. Erlang 1917; C. Palm 1943; O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call center with impatient
customers", M&SOM 4(3), 2002; A. Mandelbaum, S. Zeltyn, "The Palm/Erlang-A queue", Technion 2005. Rates are per second.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

MOST = 2_000  # agents; beyond it the question is wrong
NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Load:
    """Calls a second, the mean seconds an agent spends on one with its wrap-up, and callers' mean patience."""

    arrivals: float
    handling: float
    patience: float | None = None

    @property
    def erlangs(self) -> float:
        return self.arrivals * self.handling


@dataclass(frozen=True)
class Service:
    """What so many agents come to: shares of the calls offered, and mean waits in seconds."""

    agents: int
    waits: float
    in_time: float
    mean_wait: float
    abandons: float
    occupancy: float


def erlang_b(agents: int, erlangs: float) -> float:
    """The share of calls that finds all agents busy where nobody waits, by the recursion that loses no digits."""
    inverse = 1.0
    for n in range(1, agents + 1):
        inverse = 1 + inverse * n / erlangs
        if math.isinf(inverse):
            return 0.0
    return 1 / inverse


def erlang_c(load: Load, agents: int, within: float) -> Service:
    """Callers wait as long as it takes. Raises ValueError where the queue would grow without end."""
    if agents <= load.erlangs:
        raise ValueError("so few agents never catch up")
    blocked, busy = erlang_b(agents, load.erlangs), load.erlangs / agents
    waits = blocked / (1 - busy * (1 - blocked))
    spare = (agents - load.erlangs) / load.handling
    return Service(
        agents=agents,
        waits=waits,
        in_time=1 - waits * math.exp(-spare * within),
        mean_wait=waits / spare,
        abandons=0.0,
        occupancy=busy,
    )


def erlang_a(load: Load, agents: int, within: float) -> Service:
    """Callers hang up after an exponential patience.

    A caller who finds n + j calls is served if n service ends and j + 1 leavings happen in time and before their own
    patience ends. The steps ahead of them are a birth process with immigration, so their number by a time is negative
    binomial; weighing with the patience makes its parameter larger by one.
    """
    if not load.patience:
        raise ValueError("without a patience it is Erlang C")
    service, leaving = agents / load.handling, 1 / load.patience
    below, queue = _states(load, agents, service, leaving)
    total = below + sum(queue)
    if math.isinf(total):  # so many that nobody ever waits
        return Service(agents, 0.0, 1.0, 0.0, 0.0, load.erlangs / agents)
    chances = _negative_binomial(service / leaving + 1, -leaving * within, len(queue))
    quick, behind = 0.0, 1.0
    for j, state in enumerate(queue):
        behind -= chances[j]
        quick += state * service / (service + (j + 1) * leaving) * max(behind, 0.0)
    waiting = sum(j * state for j, state in enumerate(queue)) / total
    abandons = leaving * waiting / load.arrivals
    return Service(
        agents=agents,
        waits=sum(queue) / total,
        in_time=(below + quick) / total,
        mean_wait=waiting / load.arrivals,
        abandons=abandons,
        occupancy=load.erlangs * (1 - abandons) / agents,
    )


def _states(load: Load, agents: int, service: float, leaving: float) -> tuple[float, list[float]]:
    """Weights of the states: all with an agent free together, then one by one with j calls waiting.

    Counted from the state in which the last agent is taken, so that nothing overflows.
    """
    below, weight = 0.0, 1.0
    for n in range(agents, 0, -1):
        weight *= n / load.erlangs
        below += weight
    queue, weight = [1.0], 1.0
    while weight > NEGLIGIBLE * (below + 1) and len(queue) < 100_000:
        weight *= load.arrivals / (service + len(queue) * leaving)
        queue.append(weight)
    return below, queue


def _negative_binomial(r: float, log_p: float, many: int) -> list[float]:
    """The chances of 0, 1, 2 … events; by logarithms, for the first of them are often too small for a float."""
    if log_p == 0:
        return [1.0] + [0.0] * (many - 1)
    start, log_q = r * log_p - math.lgamma(r), math.log(-math.expm1(log_p))
    return [math.exp(start + math.lgamma(k + r) - math.lgamma(k + 1) + k * log_q) for k in range(many)]


def agents_needed(load: Load, *, within: float, share: float) -> Service:
    """The fewest agents with whom that share of the calls is answered in time. Raises ValueError for an absurd load."""
    if load.arrivals <= 0:
        return Service(0, 0.0, 1.0, 0.0, 0.0, 0.0)
    first = 1 if load.patience else math.floor(load.erlangs) + 1
    for agents in range(max(1, first), MOST):
        found = erlang_a(load, agents, within) if load.patience else erlang_c(load, agents, within)
        if found.in_time >= share:
            return found
    raise ValueError("no number of agents is enough")
