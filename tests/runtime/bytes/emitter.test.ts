import { expect, test } from 'vitest';
import { Emitter } from '../../../runtime/bytes/emitter';

interface Events {
  value: [number];
}

test('calls listeners in order until they are taken off', () => {
  const emitter = new Emitter<Events>();
  const heard: string[] = [];
  const offFirst = emitter.on('value', (value) => heard.push(`first ${value}`));
  emitter.on('value', (value) => heard.push(`second ${value}`));
  emitter.emit('value', 1);
  offFirst();
  offFirst();
  emitter.emit('value', 2);
  expect(heard).toEqual(['first 1', 'second 1', 'second 2']);
});

test('goes on after a listener that throws, and reports its error', () => {
  const errors: unknown[] = [];
  const emitter = new Emitter<Events>((error) => errors.push(error));
  const heard: number[] = [];
  emitter.on('value', () => {
    throw new Error('listener');
  });
  emitter.on('value', (value) => heard.push(value));
  emitter.emit('value', 3);
  expect(heard).toEqual([3]);
  expect(errors).toHaveLength(1);
});
