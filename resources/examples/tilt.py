# Shows which way the board is tilted: one LED for each side, and both angles in the plot.
import pyb

accel = pyb.Accel()
left, right, forward, back = (pyb.LED(n) for n in (1, 2, 3, 4))


def show(led, lit):
    if lit:
        led.on()
    else:
        led.off()


while True:
    x = accel.x()
    y = accel.y()
    show(left, x < -5)
    show(right, x > 5)
    show(forward, y > 5)
    show(back, y < -5)
    print("x:%d y:%d" % (x, y))
    pyb.delay(100)
