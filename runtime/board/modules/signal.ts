/** `machine.Signal`: a pin that may be on when it is low. */
import { truth } from '../../python/interpreter/operators';
import { callWithKeywords } from '../../python/interpreter/call';
import { checked, type KeywordArgument } from '../../python/interpreter/signature';
import { None, ObjectBase, type PyFunction, type PyObject } from '../../python/objects/object';
import { exception } from '../../python/objects/raise';
import { defineType, type PyType } from '../../python/objects/type';
import { GpioPin, type PinClass } from './pin';

class Signal extends ObjectBase {
  private called: PyFunction | undefined;

  constructor(
    private readonly target: GpioPin | Signal,
    private readonly invert: boolean,
  ) {
    super();
  }

  get level(): 0 | 1 {
    return (this.target.level ^ Number(this.invert)) as 0 | 1;
  }

  set(level: 0 | 1): void {
    this.target.set((level ^ Number(this.invert)) as 0 | 1);
  }

  override py_callable(): PyFunction {
    return (this.called ??= checked('Signal(value=None, /)', (value?: PyObject) => signal_value(this, value)));
  }
}

function signal_value(self: Signal, value?: PyObject): PyObject {
  if (value === undefined) return self.level;
  self.set(truth(value) ? 1 : 0);
  return None;
}

function signal_on(self: Signal): PyObject {
  self.set(1);
  return None;
}

function signal_off(self: Signal): PyObject {
  self.set(0);
  return None;
}

export function createSignal(pins: PinClass): PyType {
  class BoardSignal extends Signal {}

  /** Of a pin or another signal, or of a pin made from the arguments, whose `value` is then the signal's. */
  const make = (args: readonly PyObject[], keywords: readonly KeywordArgument[]): PyObject => {
    const inverted = keywords.find(([name]) => name === 'invert')?.[1];
    const invert = inverted !== undefined && truth(inverted);
    const others = keywords.filter(([name]) => name !== 'invert');
    const [first] = args;
    if (first instanceof GpioPin || first instanceof Signal) {
      if (args.length > 1 || others.length > 0) throw exception('TypeError');
      return new BoardSignal(first, invert);
    }
    const forPin = others.map(([name, value]): KeywordArgument => [
      name,
      name === 'value' ? Number(truth(value) !== invert) : value,
    ]);
    return new BoardSignal(callWithKeywords(pins.type, args, forPin) as GpioPin, invert);
  };

  return defineType({
    name: 'Signal',
    proto: BoardSignal.prototype,
    make: ['Signal(*args, **kwargs)', make],
    methods: [
      ['value(self, value=None, /)', signal_value],
      ['on(self, /)', signal_on],
      ['off(self, /)', signal_off],
    ],
  });
}
