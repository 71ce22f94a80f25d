from .. import one
from ..one import value

up = one.value + value
name = __name__
