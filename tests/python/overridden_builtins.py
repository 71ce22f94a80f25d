# What a program puts in the place of builtins: `__build_class__` and `__import__` among them; and locals() in a class.
import builtins

original = builtins.__build_class__


def renamed(body, name, *bases):
    print("making", name, bases)
    return original(body, name + "2", *bases)


builtins.__build_class__ = renamed


class A:
    x = 1

    def name(self):
        return "name of A"


class B(A):
    def name(self):
        return super().name() + " in B"


# -> making A ()
# -> making B (<class 'A2'>,)
print(A, B, B().name(), B.x)  # -> <class 'A2'> <class 'B2'> name of A in B 1

builtins.__build_class__ = lambda body, name: (name, 3)


class C:
    print("not reached")


print(C)  # -> ('C', 3)
builtins.__build_class__ = original


class D:
    y = 5
    print("y" in locals(), "z" in locals(), locals()["y"], "D" in globals())  # -> True False 5 False
    exec("z = y + 1")
    print(z)  # -> 6


print(D.z)  # -> 6


class Module:
    a = 1
    b = 2

    class sub:
        c = 3


def custom_import(name, globals, locals, names, level):
    print("import", name, globals["__name__"], locals, names, level)
    return Module


standard = builtins.__import__
builtins.__import__ = custom_import
import one
import one.sub
import one.sub as leaf
from one import a, b as other
from .two import a

# -> import one __main__ None None 0
# -> import one.sub __main__ None None 0
# -> import one.sub __main__ None None 0
# -> import one __main__ None ('a', 'b') 0
# -> import two __main__ None ('a',) 1
print(one.b, leaf.c, a, other)  # -> 2 3 1 2
builtins.__import__ = standard
import sys

print(sys.__name__)  # -> sys

builtins.abs = lambda x: "replaced"
print(abs(-1))  # -> replaced
