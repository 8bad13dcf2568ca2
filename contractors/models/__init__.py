"""What was agreed with contractors, and what came of it."""

from contractors.models.clause import Clause, Direction
from contractors.models.contract import Contract, ContractLot, ContractQuerySet
from contractors.models.terms import PriceModel, Terms

__all__ = [
    "Clause",
    "Contract",
    "ContractLot",
    "ContractQuerySet",
    "Direction",
    "PriceModel",
    "Terms",
]
