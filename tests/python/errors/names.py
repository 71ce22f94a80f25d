# Names, attributes and imports that are not there.
x = 1
print(y)  #! NameError: name 'y' isn't defined
# ---
def f():
    print(x)  #! NameError: local variable referenced before assignment
    x = 1


f()
# ---
def f():
    del x  #! NameError: local variable referenced before assignment
    x = 1


f()
# ---
def f():
    x += 1  #! NameError: local variable referenced before assignment


f()
# ---
def outer():
    def inner():
        return x  #! NameError: local variable referenced before assignment

    inner()
    x = 1


outer()
# ---
del x  #! KeyError: x
# ---
class C:
    y = x  #! NameError: name 'x' isn't defined
# ---
class C(Missing):  #! NameError: name 'Missing' isn't defined
    pass
# ---
class C:
    pass


C().x  #! AttributeError: 'C' object has no attribute 'x'
# ---
class C:
    pass


C.x  #! AttributeError: type object 'C' has no attribute 'x'
# ---
class C:
    pass


del C().x  #! AttributeError: 'C' object has no attribute 'x'
# ---
(5).x  #! AttributeError: 'int' object has no attribute 'x'
# ---
None.x = 1  #! AttributeError: 'NoneType' object has no attribute 'x'
# ---
[].x = 1  #! AttributeError: 'list' object has no attribute 'x'
# ---
import sys

sys.nothing  #! AttributeError: module 'sys' has no attribute 'nothing'  #board! AttributeError: 'module' object has no attribute 'nothing'
# ---
import nothing  #! ImportError: no module named 'nothing'
# ---
from sys import nothing  #! ImportError: can't import name nothing
# ---
import sys.nothing  #! ImportError: no module named 'sys.nothing'
# ---
class C:
    @property
    def p(self):
        return 1


C().p = 2  #! AttributeError: 'C' object has no attribute 'p'
# ---
class A:
    pass


class B(A):
    def m(self):
        super().m()  #! AttributeError: 'super' object has no attribute 'm'


B().m()
# ---
@nothing  #! NameError: name 'nothing' isn't defined
def f():
    pass
# ---
nothing.x = 1  #! NameError: name 'nothing' isn't defined
# ---
nothing[0] = 1  #! NameError: name 'nothing' isn't defined
# ---
for i in nothing:  #! NameError: name 'nothing' isn't defined
    pass
# ---
with nothing:  #! NameError: name 'nothing' isn't defined
    pass
# ---
raise nothing  #! NameError: name 'nothing' isn't defined
# ---
print(f"{nothing}")  #! NameError: name 'nothing' isn't defined
# ---
print([i for i in range(3) if nothing])  #! NameError: name 'nothing' isn't defined
