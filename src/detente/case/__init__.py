"""The door: from a case on disk to a checked, frozen situation."""

from detente.case.future import Future, nominal
from detente.case.reading import load
from detente.case.situation import Situation

__all__ = ["Future", "Situation", "load", "nominal"]
