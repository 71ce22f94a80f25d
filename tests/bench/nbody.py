# Bodies that attract each other, as lists of floats.
from math import sqrt
from measuring import measure


def make_bodies():
    bodies = []
    for i in range(5):
        far = 1.0 + i * 1.7
        bodies.append([far, far / 3.0 - i, 0.1 * i, 0.01 * i, 0.6 / far, -0.02 * i, 1.0 / (1 + i * i * i)])
    return bodies


def advance(pairs, bodies, dt, steps):
    for _ in range(steps):
        for a, b in pairs:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            square = dx * dx + dy * dy + dz * dz + 0.01
            pull = dt / (square * sqrt(square))
            of_a = a[6] * pull
            of_b = b[6] * pull
            a[3] -= dx * of_b
            a[4] -= dy * of_b
            a[5] -= dz * of_b
            b[3] += dx * of_a
            b[4] += dy * of_a
            b[5] += dz * of_a
        for body in bodies:
            body[0] += dt * body[3]
            body[1] += dt * body[4]
            body[2] += dt * body[5]


def energy(pairs, bodies):
    e = 0.0
    for x, y, z, u, v, w, mass in bodies:
        e += 0.5 * mass * (u * u + v * v + w * w)
    for a, b in pairs:
        e -= a[6] * b[6] / sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2)
    return e


def work(steps):
    bodies = make_bodies()
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
    advance(pairs, bodies, 0.001, steps)
    return int(energy(pairs, bodies) * 1000000)


measure(work, 15000, 800)
