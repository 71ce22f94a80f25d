# Mistakes that a board, whose firmware has less room, words in its own way.
from collections import namedtuple

namedtuple("Point", "x y")(1)  #! TypeError: Point() takes 2 positional arguments but 1 were given  #board! TypeError: function takes 2 positional arguments but 1 were given
# ---
list.append(1, 2)  #! TypeError: argument should be a 'list' not a 'int'  #board! TypeError: argument has wrong type
# ---
str.upper(b"a")  #! TypeError: argument should be a 'str' not a 'bytes'  #board! TypeError: argument has wrong type
# ---
"{!x}".format(1)  #! ValueError: unknown conversion specifier x  #board! ValueError: bad conversion specifier
# ---
"{!".format(1)  #! ValueError: end of format while looking for conversion specifier  #board! ValueError: bad conversion specifier
# ---
int(b"1g", 16)  #! ValueError: invalid syntax for integer with base 16: '1g'  #board! ValueError: invalid syntax for integer with base 16
# ---
import math

math.tau2  #! AttributeError: module 'math' has no attribute 'tau2'  #board! AttributeError: 'module' object has no attribute 'tau2'
# ---
from math import tau2  #! ImportError: can't import name tau2
# ---
(lambda a: a)()  #! TypeError: <lambda>() takes 1 positional arguments but 0 were given  #board! TypeError: function takes 1 positional arguments but 0 were given
# ---
def f(a, *b, c):
    pass


f(c=1)  #! TypeError: function missing required positional argument #0
# ---
def f(a, *b):
    pass


f()  #! TypeError: f() takes 1 positional arguments but 0 were given  #board! TypeError: function takes 1 positional arguments but 0 were given
# ---
def f(a, **b):
    pass


f(1, 2)  #! TypeError: f() takes 1 positional arguments but 2 were given  #board! TypeError: function takes 1 positional arguments but 2 were given
