# Prints a sine and a cosine. Open the plotter to see them drawn.
import math
import pyb

angle = 0.0
while True:
    print("sine:%.3f cosine:%.3f" % (math.sin(angle), math.cos(angle)))
    angle += 0.1
    pyb.delay(50)
