/** The select module: waiting for streams. */
import type { Interpreter } from '../interpreter/interpreter';
import { PyList } from '../objects/list';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, ObjectBase, type PyIterator, type PyObject } from '../objects/object';
import { numberOf } from '../objects/number';
import { osError, typeError, valueError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { PyTuple } from '../objects/tuple';
import { defineType } from '../objects/type';
import { Errno } from '../../vfs/errno';
import { Poll, type PyStream } from './stream';
import { standardStream } from './streams';
import { streamOf } from './user-stream';

const FLAG_ONESHOT = 1;
/** How often streams are asked again, in milliseconds: none of them can wake us. */
const PERIOD = 1;

interface Entry {
  readonly object: PyObject;
  readonly stream: PyStream;
  asked: number;
  ready: number;
}

/** The streams that something waits for, by the identity of their objects. */
class PollSet {
  readonly entries = new Map<PyObject, Entry>();

  constructor(private readonly interpreter: Interpreter) {}

  add(object: PyObject, asked: number, more: boolean): void {
    const entry = this.entries.get(object);
    if (entry === undefined) {
      this.entries.set(object, { object, stream: this.stream(object), asked, ready: 0 });
    } else entry.asked = more ? entry.asked | asked : asked;
  }

  /** A stream, or a standard one by its number. */
  private stream(object: PyObject): PyStream {
    if (typeof object !== 'number') return streamOf(object);
    if (object < 0) throw valueError('');
    if (object > 2) throw osError(Errno.EBADF);
    return standardStream(this.interpreter, object as 0 | 1 | 2);
  }

  private once(): number {
    let count = 0;
    for (const entry of this.entries.values()) {
      entry.ready = entry.stream.poll(entry.asked);
      if (entry.ready !== 0) count++;
    }
    return count;
  }

  /** Waits until a stream is ready, or `timeout` milliseconds; without an end when undefined. */
  wait(timeout: number | undefined): number {
    const { hal } = this.interpreter;
    const end = timeout === undefined ? Infinity : hal.now() + timeout;
    for (;;) {
      const count = this.once();
      const now = hal.now();
      if (count > 0 || now >= end) return count;
      const until = this.entries.size === 0 ? end : Math.min(end, now + PERIOD);
      if (!hal.sleepUntil(until)) this.interpreter.poll();
    }
  }
}

class PyPoll extends ObjectBase implements PyIterator {
  readonly set: PollSet;
  private flags = 0;
  private drawn: Iterator<Entry> | undefined;
  private pair: PyTuple | undefined;

  constructor(interpreter: Interpreter) {
    super();
    this.set = new PollSet(interpreter);
  }

  wait(timeout: PyObject | undefined, flags: PyObject | undefined): void {
    const milliseconds = timeout === undefined || timeout === None ? -1 : machineInt(timeout);
    this.flags = flags === undefined ? 0 : machineInt(flags);
    this.set.wait(milliseconds < 0 ? undefined : milliseconds);
    this.drawn = this.set.entries.values();
  }

  /** The next stream that is ready, always in the same tuple, as MicroPython does to spare memory. */
  n(): PyObject | undefined {
    for (let step = this.drawn?.next(); step !== undefined && step.done !== true; step = this.drawn?.next()) {
      const entry = step.value;
      if (entry.ready === 0) continue;
      this.pair ??= new PyTuple([None, None]);
      this.pair.la[0] = entry.object;
      this.pair.la[1] = entry.ready;
      if ((this.flags & FLAG_ONESHOT) !== 0) entry.asked = 0;
      return this.pair;
    }
    return undefined;
  }

  override py_iter(): PyIterator {
    return this;
  }
}

function poll_register(self: PyPoll, object: PyObject, events?: PyObject): PyObject {
  self.set.add(object, events === undefined ? Poll.read | Poll.write : machineInt(events), false);
  return None;
}

function poll_unregister(self: PyPoll, object: PyObject): PyObject {
  self.set.entries.delete(object);
  return None;
}

function poll_modify(self: PyPoll, object: PyObject, events: PyObject): PyObject {
  const entry = self.set.entries.get(object);
  if (entry === undefined) throw osError(Errno.ENOENT);
  entry.asked = machineInt(events);
  return None;
}

function poll_poll(self: PyPoll, timeout?: PyObject, flags?: PyObject): PyObject {
  self.wait(timeout, flags);
  const ready = [...self.set.entries.values()].filter((e) => e.ready !== 0);
  return new PyList(ready.map((e) => new PyTuple([e.object, e.ready])));
}

function poll_ipoll(self: PyPoll, timeout?: PyObject, flags?: PyObject): PyObject {
  self.wait(timeout, flags);
  return self;
}

defineType({
  name: 'poll',
  proto: PyPoll.prototype,
  methods: [
    ['register(self, stream, events=5, /)', poll_register],
    ['unregister(self, stream, /)', poll_unregister],
    ['modify(self, stream, events, /)', poll_modify],
    ['poll(self, timeout=-1, flags=0, /)', poll_poll],
    ['ipoll(self, timeout=-1, flags=0, /)', poll_ipoll],
  ],
});

function sequenceOf(value: PyObject): readonly PyObject[] {
  const { la } = value.native ?? value;
  if (la === undefined) throw typeError(`object '${value.cls.typeName}' isn't a tuple or list`);
  return la;
}

export function createSelect(interpreter: Interpreter): PyModule {
  /** `select.select`, which a computer's build leaves out. */
  function select_select(read: PyObject, write: PyObject, other: PyObject, timeout: PyObject = None): PyObject {
    const set = new PollSet(interpreter);
    for (const object of sequenceOf(read)) set.add(object, Poll.read, true);
    for (const object of sequenceOf(write)) set.add(object, Poll.write, true);
    for (const object of sequenceOf(other)) set.add(object, Poll.error | Poll.hangUp, true);
    const seconds = timeout === None ? -1 : numberOf(timeout);
    set.wait(seconds < 0 ? undefined : seconds * 1000);
    const ready = (bits: number): PyObject =>
      new PyList([...set.entries.values()].filter((e) => (e.ready & bits) !== 0).map((e) => e.object));
    return new PyTuple([ready(Poll.read), ready(Poll.write), ready(~(Poll.read | Poll.write))]);
  }

  const rows: ModuleRow[] = [
    ['poll()', () => new PyPoll(interpreter)],
    ['POLLIN', Poll.read, 'value'],
    ['POLLOUT', Poll.write, 'value'],
    ['POLLERR', Poll.error, 'value'],
    ['POLLHUP', Poll.hangUp, 'value'],
  ];
  if (interpreter.profile === 'board') rows.push(['select(rlist, wlist, xlist, timeout=None, /)', select_select]);
  return defineModule('select', rows);
}
