"""Figures and drills: what the system stands, measured. ``bin/check`` runs a drill, ``bin/bench`` measures speed."""
