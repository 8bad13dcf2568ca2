"""The workers and their timetable.

The database is the truth and Celery the doorbell: what is due, unsent or undrawn is a row, every task may run twice,
and nothing waits in the broker. Apps are named as strings.
"""

import os

from celery import Celery
from celery.schedules import crontab
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.settings")

APPS = ["hotline", "cases", "contractors", "oversight"]

# 0 is the most urgent and also Redis' default, so that a forgotten priority would jump every queue.
URGENT, ORDINARY, BULK = 0, 5, 9

LONGEST_TASK_SECONDS = 30 * 60


def every(task: str, seconds: float, priority: int = ORDINARY) -> dict[str, object]:
    """A timetable entry. A tick nobody took soon is dropped: the next does its work, and no backlog builds up."""
    return {"task": task, "schedule": seconds, "options": {"priority": priority, "expires": max(10, 2 * seconds)}}


TIMETABLE = {
    "fire due clocks": every("cases.fire_due_clocks", 1, URGENT),
    "deliver messages": every("hotline.deliver_messages", 2),
    "beat": every("hotline.beat", 5, URGENT),
    "run surveys": every("cases.run_surveys", 30),
    "ensure partitions": {"task": "hotline.ensure_partitions", "schedule": crontab(hour=1, minute=10)},
}

app = Celery("hotline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    beat_schedule=TIMETABLE,
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
