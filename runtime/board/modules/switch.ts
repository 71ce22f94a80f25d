/** `pyb.Switch`: the USR button. */
import { None, ObjectBase, type PyFunction, type PyObject } from '../../python/objects/object';
import { defineType, type PyType } from '../../python/objects/type';
import { checked } from '../../python/interpreter/signature';
import type { Hardware } from '../hardware/hardware';

export function createSwitch(hardware: Hardware): PyType {
  const { registers } = hardware;
  const switch_call = checked('Switch()', () => registers.switchPressed);
  class Switch extends ObjectBase {
    override py_callable(): PyFunction {
      return switch_call;
    }
    override py_repr(): string {
      return 'Switch()';
    }
  }
  const usr = new Switch();

  const switch_callback = (_self: Switch, callback: PyObject): PyObject => {
    hardware.setSwitchCallback(callback);
    return None;
  };

  return defineType({
    name: 'Switch',
    proto: Switch.prototype,
    make: ['Switch()', () => usr],
    methods: [
      ['value(self, /)', () => registers.switchPressed],
      ['callback(self, function, /)', switch_callback],
    ],
  });
}
