# Classes, inheritance and method calls: a small machine of devices that pass messages.
from measuring import measure


class Device:
    made = 0

    def __init__(self, name):
        self.name = name
        self.inbox = []
        self.handled = 0
        Device.made += 1

    def send(self, other, value):
        other.receive(value)

    def receive(self, value):
        self.inbox.append(value)

    def run(self):
        while self.inbox:
            self.handle(self.inbox.pop())
            self.handled += 1

    def handle(self, value):
        raise NotImplementedError

    @property
    def idle(self):
        return not self.inbox


class Counter(Device):
    def __init__(self, name, target):
        super().__init__(name)
        self.target = target
        self.total = 0

    def handle(self, value):
        self.total = (self.total + value) % 9973
        self.send(self.target, self.total)


class Splitter(Device):
    def __init__(self, name, targets):
        super().__init__(name)
        self.targets = targets

    def handle(self, value):
        self.send(self.targets[value % len(self.targets)], value + 1)


class Sink(Device):
    seen = 0

    def handle(self, value):
        self.seen = self.seen * 3 % 10007 + value


class LoudSink(Sink):
    def handle(self, value):
        super().handle(value * 2)


def work(rounds):
    sinks = [Sink("plain"), LoudSink("loud")]
    counters = [Counter("c%d" % i, sinks[i % 2]) for i in range(4)]
    first = Splitter("first", counters)
    devices = [first] + counters + sinks
    for i in range(rounds):
        first.receive(i)
        for device in devices:
            if not device.idle:
                device.run()
    return sum(d.handled for d in devices) + sinks[0].seen * 7 + sinks[1].seen + Device.made


measure(work, 100000, 3000)
