/** Which row is meant by the letters that are typed. */
import { beforeEach, describe, expect, it } from 'vitest';

import { TypeAhead } from '../../../renderer/files/type-ahead';

const names = ['boot.py', 'lib', 'main.py', 'Mqtt.py', 'music.py'];
let now = 0;
let typeAhead: TypeAhead;

beforeEach(() => {
  now = 10_000;
  typeAhead = new TypeAhead(() => now);
});

describe('TypeAhead', () => {
  it('goes to the next name with that letter, whatever its case', () => {
    expect(typeAhead.next('M', names, 0)).toBe(2);
  });

  it('goes on with the same letter, and around', () => {
    let at = 0;
    const visited = ['m', 'm', 'm', 'm'].map((letter) => (at = typeAhead.next(letter, names, at)));
    expect(visited).toEqual([2, 3, 4, 2]);
  });

  it('takes letters that follow fast for one word', () => {
    expect(typeAhead.next('m', names, 0)).toBe(2);
    expect(typeAhead.next('u', names, 2)).toBe(4);
  });

  it('begins a new word after a pause', () => {
    typeAhead.next('m', names, 0);
    now += 1000;
    expect(typeAhead.next('l', names, 2)).toBe(1);
  });

  it('stays where nothing begins so', () => {
    expect(typeAhead.next('x', names, 0)).toBe(-1);
    expect(typeAhead.next('x', [], 0)).toBe(-1);
  });
});
