"""What may and may not be concluded from a measure, in the same sentences everywhere."""

from impact.conclusions.results import sentence_of, sentences_of
from impact.conclusions.rules import Conclusion, conclude

__all__ = ["Conclusion", "conclude", "sentence_of", "sentences_of"]
