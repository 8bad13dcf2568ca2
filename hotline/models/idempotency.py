"""One answer per request key, written in the transaction of the act it answers for."""

from __future__ import annotations

from django.db import models


class RequestKey(models.Model):
    """A client's key for one POST: the body it came with and the answer it got. A repeat gets the same answer."""

    id = models.BigAutoField(primary_key=True)
    owner = models.CharField(max_length=60, help_text="membership id, or the citizen's session-less scope")
    key = models.CharField(max_length=80)
    fingerprint = models.BinaryField(max_length=32)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="request_key_once")]

    def __str__(self) -> str:
        return f"{self.owner}:{self.key}"


class Heartbeat(models.Model):
    """When a recurring job last ran; readiness is judged by it."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
