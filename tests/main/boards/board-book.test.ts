import { beforeEach, describe, expect, test } from 'vitest';
import { BoardBook, type SeenPort } from '../../../main/boards/board-book';
import type { RememberedBoard } from '../../../runtime/contract/types';

const pyboard: SeenPort = { id: 'usb:1', address: '/dev/ttyACM0', description: 'Pyboard v1.1', isBoard: true };
const plain: SeenPort = { id: '/dev/ttyS0', address: '/dev/ttyS0', description: '', isBoard: false };

let remembered: { [id: string]: RememberedBoard };
let book: BoardBook;

beforeEach(() => {
  remembered = {};
  book = new BoardBook(() => remembered);
});

const shown = () => book.list().boards.map(({ id, group, name, present }) => [id, group, name, present]);

describe('BoardBook', () => {
  test('always has the simulated board, first', () => {
    expect(shown()).toEqual([['sim', 'simulated', 'Simulated board', true]]);
  });

  test('tells boards from other ports', () => {
    book.see([pyboard, plain]);
    expect(shown().slice(1)).toEqual([
      ['usb:1', 'cable', 'Pyboard v1.1', true],
      ['/dev/ttyS0', 'other', '/dev/ttyS0', true],
    ]);
  });

  test('gives a board its letter and name, keeps them on another port, and lists it when it is not there', () => {
    book.see([pyboard]);
    const found = book.find('usb:1');
    if (found === undefined) throw new Error('not listed');
    remembered['usb:1'] = book.firstMemory(found);
    expect(remembered['usb:1']).toMatchObject({ name: 'Pyboard A', letter: 'A' });
    book.see([{ ...pyboard, address: '/dev/ttyACM7' }]);
    expect(book.find('usb:1')).toMatchObject({
      name: 'Pyboard A',
      letter: 'A',
      address: '/dev/ttyACM7',
      group: 'cable',
    });
    book.see([]);
    expect(shown().slice(1)).toEqual([['usb:1', 'remembered', 'Pyboard A', false]]);
  });

  test('gives the first letter that is free, and a plain name to what is not known', () => {
    const memory = { name: 'x', letter: 'A', address: '', description: '' };
    remembered['a'] = memory;
    remembered['c'] = { ...memory, letter: 'C' };
    expect(book.firstMemory(book.add('/dev/ttyUSB3'))).toMatchObject({ name: 'Board B', letter: 'B' });
  });

  test('adds what was typed once, as the listed board when it is one', () => {
    book.see([pyboard]);
    expect(book.add('/dev/ttyACM0').id).toBe('usb:1');
    expect(book.add('socket://127.0.0.1:2323')).toMatchObject({ group: 'network', kind: 'real', present: true });
    book.add('socket://127.0.0.1:2323');
    expect(book.list().boards).toHaveLength(3);
    book.forget('socket://127.0.0.1:2323');
    expect(book.list().boards).toHaveLength(2);
  });

  test('says when this computer gives no list of ports', () => {
    book.see(null);
    expect(book.list().portsListed).toBe(false);
  });
});
