"""What is done again and again, and how often. Pure.

Time is cut into slots, and a task is done once in each of its slots, by whoever claims the slot first. Any number of
timekeepers and beats may therefore run; tasks are idempotent all the same.
"""

from typing import NamedTuple

# 0 is the most urgent and also Redis' default, so that a forgotten priority would jump every queue.
URGENT, ORDINARY, BULK = 0, 5, 9

LONGEST_TASK_SECONDS = 30 * 60


class Turn(NamedTuple):
    """A task named as a string, and its slot's length. ``judges_time``: it is not done while the time is in doubt."""

    task: str
    seconds: int
    priority: int = ORDINARY
    judges_time: bool = False
    longest: int = LONGEST_TASK_SECONDS  # a timekeeper in which it takes longer is stuck and ends itself


TIMETABLE = (
    Turn("cases.fire_due_clocks", 1, URGENT, judges_time=True, longest=120),
    Turn("hotline.deliver_messages", 2, longest=120),
    Turn("cases.fold_tallies", 1, BULK, longest=120),
    Turn("hotline.seal_audit", 3, longest=120),
    Turn("hotline.check_audit", 10, BULK),
    Turn("cases.answer_groups", 10, BULK),
    Turn("cases.look_for_bursts", 10, judges_time=True),
    Turn("cases.run_surveys", 30, judges_time=True),
    Turn("cases.end_suspensions", 60, judges_time=True),
    Turn("cases.refer_unclaimed", 60, judges_time=True),
    Turn("cases.send_digests", 30, judges_time=True),
    Turn("cases.draw_independent", 600, BULK, judges_time=True),
    Turn("cases.mind_independent", 60, judges_time=True),
    Turn("cases.mind_knowledge", 600, judges_time=True),
    Turn("hotline.ensure_partitions", 3600),
    Turn("cases.train_suggestions", 20, BULK),
    Turn("cases.build_exports", 15, BULK),
    Turn("cases.count_suggestions", 3600, BULK),
    Turn("cases.find_hot_topics", 3600, BULK),
    Turn("contractors.draw_samples", 600, BULK, judges_time=True),
    Turn("contractors.mind_quality", 300, judges_time=True),
    Turn("contractors.attribute_outcomes", 60, BULK, judges_time=True),
    Turn("oversight.look_for_findings", 3600, BULK),
    Turn("oversight.freeze_figures", 3600, BULK, judges_time=True),
    Turn("oversight.freeze_month", 1800, BULK, judges_time=True),
    Turn("oversight.count_costs", 1800, BULK),
    Turn("oversight.draft_bulletins", 300, BULK, judges_time=True),
)


def turn_of(task: str) -> Turn:
    return next(turn for turn in TIMETABLE if turn.task == task)
