# Blinks the red LED until Stop is pressed. Change 500 and run it again.
import pyb

led = pyb.LED(1)
while True:
    led.toggle()
    pyb.delay(500)
