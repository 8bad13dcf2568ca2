"""The same verbs through another door: ``/api/v1/``."""
