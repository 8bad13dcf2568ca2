"""The workers, and the beat that rings them by the timetable.

The database is the truth and Celery the doorbell: what is due, unsent or undrawn is a row, every task may run twice,
and nothing waits in the broker. Without beat, broker and workers the timekeepers (``manage.py keep_time``) do the same
work a moment later.
"""

import gc
import os

from celery import Celery
from celery.signals import worker_before_create_process
from django_structlog.celery.steps import DjangoStructLogInitStep

from hotline.timetable import BULK, LONGEST_TASK_SECONDS, ORDINARY, TIMETABLE, URGENT, Turn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.settings")

APPS = ["hotline", "cases", "contractors", "oversight"]
BEAT = {"task": "hotline.beat", "schedule": 5.0, "options": {"priority": URGENT, "expires": 10}}


def rung(turn: Turn) -> dict[str, object]:
    """A beat's entry: ring for the turn. A ring nobody heard soon is dropped: no backlog builds up."""
    often = min(turn.seconds, 60)
    options = {"priority": turn.priority, "expires": max(10, 2 * often)}
    return {"task": "hotline.take_turn", "args": (turn.task,), "schedule": float(often), "options": options}


app = Celery("hotline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    beat_schedule={turn.task: rung(turn) for turn in TIMETABLE} | {"beat": BEAT},
    timezone="Asia/Shanghai",
    # a task is done when it is done: a killed worker's task goes to another
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    task_time_limit=LONGEST_TASK_SECONDS,
    task_soft_time_limit=LONGEST_TASK_SECONDS - 60,
    worker_soft_shutdown_timeout=10,
    worker_hijack_root_logger=False,
    task_default_queue="hotline",
    task_default_priority=ORDINARY,
    # a dead broker is noticed at once and the act goes on: the row is there, the timetable will find it
    task_publish_retry=False,
    broker_connection_timeout=2,
    # workers, on the other hand, wait for it as long as it takes
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": 2 * LONGEST_TASK_SECONDS,
        "queue_order_strategy": "priority",
        "priority_steps": [URGENT, ORDINARY, BULK],
        "sep": ":",
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "retry_on_timeout": False,
        "max_retries": 1,
        "interval_start": 0,
    },
)
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks(APPS, related_name="tasks")
app.autodiscover_tasks(APPS, related_name="schedule")


@worker_before_create_process.connect
def _keep_what_is_loaded(**_signal: object) -> None:
    """Of what a worker begins with nothing is garbage: its children need not look."""
    gc.freeze()
