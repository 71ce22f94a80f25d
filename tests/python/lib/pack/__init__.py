"""A package."""
print("pack begins", __name__)
from . import one
from .one import value as from_one

whole = "pack"
