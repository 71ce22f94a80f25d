# Counts how often the USR button is pressed, and lights the green LED meanwhile.
import pyb

switch = pyb.Switch()
led = pyb.LED(2)
presses = 0

print("Press USR on the board.")
while True:
    if switch.value():
        presses += 1
        led.on()
        print("pressed", presses)
        while switch.value():
            pyb.delay(10)
        led.off()
    pyb.delay(10)
