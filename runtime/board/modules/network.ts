/** The network module of a pyboard: there is no interface to a network. */
import { textArgument } from '../../python/modules/arguments';
import { PyList } from '../../python/objects/list';
import { defineModule, type PyModule } from '../../python/objects/module';
import { None, type PyObject } from '../../python/objects/object';
import { valueError } from '../../python/objects/raise';

const LONGEST_HOSTNAME = 32;

export function createNetwork(): PyModule {
  const interfaces = new PyList([]);
  let hostname = 'mpy-stm32';
  let country = 'XX';

  const network_hostname = (name?: PyObject): PyObject => {
    if (name === undefined) return hostname;
    const text = textArgument(name);
    if (text.length > LONGEST_HOSTNAME) throw valueError('');
    hostname = text;
    return None;
  };
  const network_country = (code?: PyObject): PyObject => {
    if (code === undefined) return country;
    const text = textArgument(code);
    if (text.length !== 2) throw valueError('');
    country = text;
    return None;
  };

  return defineModule('network', [
    ['country(code=None, /)', network_country],
    ['hostname(name=None, /)', network_hostname],
    ['route()', () => interfaces],
    ['STA_IF', 0, 'value'],
    ['AP_IF', 1, 'value'],
  ]);
}
