/** The text of generated code: what a Python name or text becomes can never be read as anything else. */
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { isNumber, method, property, quote, receiver, variable } from '../../../../runtime/python/compile/js-builder';

const evaluate = (js: string, names: object = {}): unknown => runInNewContext(`"use strict";${js}`, { ...names });

const NAMES = ['x', '__proto__', 'constructor', 'if', 'class', 'let', 'L', 't1', '_', 'é', '名', 'e9', 'é_'];

describe('names', () => {
  it('are variables of their own, whatever they are called', () => {
    const variables = NAMES.map(variable);
    expect(new Set(variables).size).toBe(NAMES.length);
    for (const v of variables) {
      expect(v).toMatch(/^\$/);
      expect(evaluate(`(()=>{let ${v}=1;return ${v}})()`)).toBe(1);
    }
  });

  it('differ from what stands for a letter beyond ASCII', () => {
    expect(variable('é')).not.toBe(variable('e9'));
    expect(variable('aé')).not.toBe(variable('a') + variable('é'));
  });

  it('are properties that begin, and methods that end, with a dollar', () => {
    for (const name of NAMES) {
      const object = { [`$${name}`]: 'attribute', [`${name}$`]: 'method' };
      expect(evaluate(property('o', name), { o: object })).toBe('attribute');
      expect(evaluate(method('o', name), { o: object })).toBe('method');
    }
  });
});

describe('texts', () => {
  it.each([
    '', '"', "'", '\\', '\\"', '\n\r\t\0', '\u2028\u2029', '\ud800', '\udc00\ud800', '\u{1f600}', '`${1}`', '</script>', '\x7f\x9f\ufeff',
  ])('%j are literals of themselves', (text) => {
    expect(evaluate(`(${quote(text)})`)).toBe(text);
    expect(quote(text)).not.toMatch(/[\n\r\u2028\u2029\ud800-\udfff]/u);
  }); // prettier-ignore
});

describe('numbers', () => {
  it('need parentheses before a dot', () => {
    expect(receiver('5')).toBe('(5)');
    expect(receiver('t1')).toBe('t1');
    expect(receiver('(-5)')).toBe('(-5)');
  });

  it('are recognised as text', () => {
    expect(['5', '-5', '(-5)'].every(isNumber)).toBe(true);
    expect(['t5', '5n', '"5"', '$5', '', '5.5'].some(isNumber)).toBe(false);
  });
});
