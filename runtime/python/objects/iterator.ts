/** What all builtin iterators are: they draw with `n()`, are their own iterator, and show as `<iterator>`. */
import { None, ObjectBase, type PyIterator, type PyObject } from './object';
import { defineType, type MethodRow } from './type';
import { exception } from './raise';

export abstract class BuiltinIterator extends ObjectBase implements PyIterator {
  abstract n(): PyObject | undefined;

  override py_iter(): PyIterator {
    return this;
  }
}

/** Raises the StopIteration of an iterator that has come to its end, with what it returned. */
export function stopIteration(it: PyIterator): never {
  const { result = None } = it as { result?: PyObject };
  throw result === None ? exception('StopIteration') : exception('StopIteration', result);
}

const iterator_next = (self: PyIterator, otherwise?: PyObject): PyObject =>
  self.n() ?? otherwise ?? stopIteration(self);

/** What every builtin type of iterator offers. */
export const iteratorMethods: readonly MethodRow[] = [['__next__(self, default=None, /)', iterator_next]];

export const iteratorType = defineType({
  name: 'iterator',
  proto: BuiltinIterator.prototype,
  methods: iteratorMethods,
});
