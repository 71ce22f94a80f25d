# Floats in attributes: a cloud of points that turns, shrinks and is measured.
from math import cos, sin, sqrt
from measuring import measure


class Point:
    def __init__(self, i):
        self.x = sin(i)
        self.y = cos(i) * 3.0
        self.z = self.x * self.x / 2.0

    def turn(self, c, s):
        x = self.x
        self.x = x * c - self.y * s
        self.y = x * s + self.y * c

    def shrink(self):
        length = sqrt(self.x * self.x + self.y * self.y + self.z * self.z)
        self.x /= length
        self.y /= length
        self.z /= length

    def farther(self, other):
        return Point.larger(self.x, other.x) + Point.larger(self.y, other.y)

    @staticmethod
    def larger(a, b):
        return a if a > b else b


def work(rounds):
    points = [Point(i) for i in range(500)]
    c, s = cos(0.1), sin(0.1)
    total = 0.0
    for _ in range(rounds):
        last = points[-1]
        for p in points:
            p.turn(c, s)
            p.shrink()
            total += p.farther(last)
            last = p
    return int(total * 1000)


measure(work, 600, 30)
