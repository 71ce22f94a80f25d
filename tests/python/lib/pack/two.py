from .one import value
from . import one as first
from .deep import leaf
from .deep.leaf import up

total = value + first.value + up
