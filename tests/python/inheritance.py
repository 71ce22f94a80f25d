# Inheritance: lookup order, super, several bases, and classes made of native types.
class A:
    tag = "A"

    def who(self):
        return "A"

    def both(self):
        return "A.both"

    @classmethod
    def made_by(cls):
        return cls.__name__

    @property
    def p(self):
        return "A.p of " + self.tag


class B(A):
    tag = "B"

    def who(self):
        return "B" + super().who()

    @classmethod
    def made_by(cls):
        return "B:" + super().made_by()

    @property
    def p(self):
        return "B.p"


class C(A):
    def who(self):
        return "C" + super().who()


class D(B, C):
    pass


print(A().who(), B().who(), C().who(), D().tag, D().both(), D().p)  # -> A BA CA B A.both B.p
print(D.made_by(), D().made_by(), A().p, C().p)  # -> B:D B:D A.p of A A.p of A
print(isinstance(D(), (int, C)), issubclass(D, A), issubclass(A, D), issubclass(D, (int, str)))
# -> True True False False
print(D.__bases__, A.__bases__)  # -> (<class 'B'>, <class 'C'>) (<class 'object'>,)


class Init:
    def __init__(self, a):
        print("Init", a)
        self.a = a


class Deeper(Init):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b


class NoInit(Deeper):
    pass


n = NoInit(1, 2)  # -> Init 1
print(n.a, n.b)  # -> 1 2


class Explicit(Deeper):
    def __init__(self):
        Deeper.__init__(self, 3, 4)

    def sup(self):
        return super(Explicit, self).__init__


print(Explicit().b)
# -> Init 3
# -> 4


class New:
    def __new__(cls, *args):
        print("new", args)
        o = super().__new__(cls)
        o.made = True
        return o

    def __init__(self, *args):
        self.args = args


x = New(1, 2)  # -> new (1, 2)
print(x.made, x.args)  # -> True (1, 2)


class Stack(list):
    def push(self, x):
        self.append(x)
        return self

    def __len__(self):
        return 100


s = Stack([1, 2])
print(s.push(3), len(s), len(Stack()), s[0], s[-1], s == [1, 2, 3], 2 in s, list(s), sorted(s, reverse=True))
# -> [1, 2, 3] 100 100 1 3 True True [1, 2, 3] [3, 2, 1]
s[1] = "two"
s.extend((4, 5))
print(s, s.index(4), s.pop(), isinstance(s, list))  # -> [1, 'two', 3, 4] 3 5 True


class Words(dict):
    def __getitem__(self, k):
        return "<" + super().__getitem__(k) + ">"

    def __missing_one__(self):
        return None


w = Words(a="x")
w["b"] = "y"
print(w["a"], w["b"], w.get("a"), sorted(w.keys()), len(w), "a" in w)  # -> <x> <y> x ['a', 'b'] 2 True


class Number(int):
    def __add__(self, other):
        return Number(int(self) * 10 + int(other))


print(Number(3) + 4, Number(3) * 2, Number(7) == 7, int(Number(9)), isinstance(Number(1) + 1, Number))
# -> 34 6 True 9 True


class Text(str):
    def shout(self):
        return self.upper() + "!"


print(Text("abc").shout(), Text("abc") + "d", Text("abc") == "abc", len(Text("abc")), Text("a,b").split(","))
# -> ABC! abcd True 3 ['a', 'b']


class Pair(tuple):
    def first(self):
        return self[0]


print(Pair((1, 2)).first(), Pair((1, 2)) == (1, 2), tuple(Pair([3])))  # -> 1 True (3,)


class Problem(Exception):
    def __init__(self, code, *rest):
        super().__init__("problem", code)
        self.code = code


class Worse(Problem):
    def __str__(self):
        return "worse than " + str(self.code)


for cls in Problem, Worse:
    try:
        raise cls(7)
    except Problem as e:
        print(type(e).__name__, e.args, e.code, str(e), repr(e))
# -> Problem ('problem', 7) 7 ('problem', 7) Problem('problem', 7)
# -> Worse ('problem', 7) 7 worse than 7 Worse('problem', 7)


class Mixin:
    def describe(self):
        return "%s with %s" % (type(self).__name__, self.parts())


class Engine(Mixin):
    def parts(self):
        return "pistons"


print(Engine().describe())  # -> Engine with pistons
try:
    Mixin().describe()
except AttributeError as e:
    print("AttributeError:", e)
# -> AttributeError: 'Mixin' object has no attribute 'parts'


class Base:
    def __getattr__(self, name):
        return "Base." + name

    def __enter__(self):
        return "entered"

    def __exit__(self, *a):
        print("exit", a)


class Derived(Base):
    pass


print(Derived().anything)  # -> Base.anything
with Derived() as d:
    print(d)
# -> entered
# -> exit (None, None, None)
