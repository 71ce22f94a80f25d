# The Mandelbrot set in complex numbers, and in pairs of floats.
from measuring import measure


def with_complex(width, height, limit):
    total = 0
    for row in range(height):
        for column in range(width):
            c = complex(column / width * 3.0 - 2.0, row / height * 2.0 - 1.0)
            z = 0j
            n = 0
            while n < limit and abs(z) < 2.0:
                z = z * z + c
                n += 1
            total += n
    return total


def with_floats(width, height, limit):
    total = 0
    for row in range(height):
        b = row / height * 2.0 - 1.0
        for column in range(width):
            a = column / width * 3.0 - 2.0
            x = y = 0.0
            n = 0
            while n < limit and x * x + y * y < 4.0:
                x, y = x * x - y * y + a, 2.0 * x * y + b
                n += 1
            total += n
    return total


def work(width):
    height = width * 2 // 3
    return with_complex(width, height, 50) * 1000 + with_floats(width, height, 50) % 1000


measure(work, 210, 30)
