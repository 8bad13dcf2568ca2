"""The years that a hotline's clocks can reckon in: what lies outside them was mistyped, or is meant to do harm."""

YEARS = range(2000, 2101)
