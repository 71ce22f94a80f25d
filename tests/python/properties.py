# Properties and descriptors.
class Temperature:
    def __init__(self, celsius):
        self._c = celsius

    @property
    def fahrenheit(self):
        return self._c * 9 // 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, f):
        print("set", f)
        self._c = (f - 32) * 5 // 9

    @fahrenheit.deleter
    def fahrenheit(self):
        print("deleted")

    @property
    def readonly(self):
        return "r"

    old = property(lambda self: self._c, lambda self, v: setattr(self, "_c", v))


t = Temperature(100)
print(t.fahrenheit)  # -> 212
t.fahrenheit = 32  # -> set 32
print(t._c)  # -> 0
t.fahrenheit += 18  # -> set 50
print(t._c)  # -> 10
del t.fahrenheit  # -> deleted
t.old = 3
print(t.old, t._c)  # -> 3 3
for action in (lambda: setattr(t, "readonly", 1), lambda: delattr(t, "readonly"), lambda: delattr(t, "old")):
    try:
        action()
    except AttributeError as e:
        print("AttributeError:", e)
# -> AttributeError: 'Temperature' object has no attribute 'readonly'
# -> AttributeError: 'Temperature' object has no attribute 'readonly'
# -> AttributeError: 'Temperature' object has no attribute 'old'


class Hotter(Temperature):
    @property
    def fahrenheit(self):
        return "hot"


print(Hotter(1).fahrenheit, Hotter(1).old)  # -> hot 1


class Failing:
    @property
    def p(self):
        raise ValueError("inside")

    @property
    def q(self):
        return self.missing


try:
    Failing().p
except ValueError as e:
    print("ValueError:", e)
# -> ValueError: inside
try:
    Failing().q
except AttributeError as e:
    print("AttributeError:", e)
# -> AttributeError: 'Failing' object has no attribute 'missing'


class Descriptor:
    def __get__(self, instance, owner):
        return ("get", instance is not None, owner.__name__)

    def __set__(self, instance, value):
        print("descriptor set", value)

    def __delete__(self, instance):
        print("descriptor delete")


class Owner:
    d = Descriptor()


o = Owner()
print(o.d)  # -> ('get', True, 'Owner')
o.d = 5  # -> descriptor set 5
del o.d  # -> descriptor delete
print(o.d)  # -> ('get', True, 'Owner')


class Static:
    f = staticmethod(lambda x: x + 1)
    g = classmethod(lambda cls, x: (cls.__name__, x))
    h = len


print(Static.f(1), Static().f(2), Static.g(3), Static().g(4), Static().h([1, 2]))
# -> 2 3 ('Static', 3) ('Static', 4) 2


class Setter:
    def __setattr__(self, name, value):
        print("setattr", name, value)
        object.__setattr__(self, name, value * 2)

    def __delattr__(self, name):
        print("delattr", name)
        object.__delattr__(self, name)


s = Setter()
s.a = 4  # -> setattr a 4
print(s.a)  # -> 8
del s.a  # -> delattr a
print(hasattr(s, "a"))  # -> False
s.b = 1  # -> setattr b 1
s.b += 1  # -> setattr b 3
print(s.b)  # -> 6
