"""Every figure about contractors, by the module that defines it."""

from contractors import money_measures, quality_measures

__all__ = ["money_measures", "quality_measures"]
