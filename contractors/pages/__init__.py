"""Contracts, their clauses, and the months assessed by them."""
