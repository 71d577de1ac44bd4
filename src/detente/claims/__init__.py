"""What the argument says, tested: a verdict for every claim."""

from detente.claims.argument import run_claims
from detente.claims.report import Report

__all__ = ["Report", "run_claims"]
