import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SystemPort, describePorts, likelyBoards } from '../../../main/boards/board-list';
import { resourcePath } from '../../../main/resources';

type Known = Parameters<typeof describePorts>[1];
const known = JSON.parse(readFileSync(resourcePath('boards.json'), 'utf8')) as Known;

const PYBOARD: SystemPort = { path: '/dev/ttyACM0', vendorId: 'F055', productId: '9800', serialNumber: '207E' };
const BRIDGE: SystemPort = { path: '/dev/ttyUSB0', vendorId: '10c4', productId: 'ea60', manufacturer: 'Silicon Labs' };
const MODEM: SystemPort = { path: '/dev/ttyACM1', vendorId: '12d1', productId: '1506', manufacturer: 'Modem maker' };
const BUILT_IN: SystemPort = { path: '/dev/ttyS0' };

test('boards come first, with names, and ports that no plug leads to are left out', () => {
  const ports = describePorts([BUILT_IN, MODEM, BRIDGE, PYBOARD, { path: '/dev/tty.usbmodem1' }], known);
  expect(ports.map(({ path, name, kind }) => [path, name, kind])).toEqual([
    ['/dev/ttyACM0', 'Pyboard', 'board'],
    ['/dev/ttyUSB0', 'CP210x USB serial', 'bridge'],
    ['/dev/ttyACM1', 'Modem maker', 'other'],
  ]);
  expect(ports[0]).toMatchObject({ vendor: 'f055', product: '9800', serialNumber: '207E' });
});

test('a product without a row of its own has the name of its vendor’s others', () => {
  const ports = describePorts([{ ...PYBOARD, productId: '1234' }], known);
  expect(ports[0]).toMatchObject({ name: 'MicroPython board', kind: 'board' });
});

test('a bridge is chosen only when there is no board', () => {
  const paths = (ports: SystemPort[]): string[] => likelyBoards(describePorts(ports, known)).map(({ path }) => path);
  expect(paths([PYBOARD, BRIDGE, MODEM])).toEqual(['/dev/ttyACM0']);
  expect(paths([BRIDGE, MODEM])).toEqual(['/dev/ttyUSB0']);
  expect(paths([MODEM, BUILT_IN])).toEqual([]);
});

test('the list of known boards has each number once, in four hex digits', () => {
  for (const { vendor, product = '0000', name } of known) {
    expect(vendor).toMatch(/^[0-9a-f]{4}$/);
    expect(product).toMatch(/^[0-9a-f]{4}$/);
    expect(name).not.toBe('');
  }
  const numbers = known.map(({ vendor, product }) => `${vendor}:${product ?? ''}`);
  expect(new Set(numbers).size).toBe(numbers.length);
});
