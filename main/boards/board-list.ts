/** The serial ports of this computer, and which of them look like boards. */

import { readFile } from 'node:fs/promises';
import { resourcePath } from '../resources';

export interface ListedPort {
  /** `/dev/ttyACM0`, `COM3`. */
  readonly path: string;
  /** `Pyboard`, by its USB numbers; what the system calls it; or empty. */
  readonly name: string;
  /** `board`: made for MicroPython. `bridge`: a USB serial chip, mostly with a board behind it. `other`: everything else. */
  readonly kind: 'board' | 'bridge' | 'other';
  /** Four hex digits in lower case; undefined when it is no USB device. */
  readonly vendor: string | undefined;
  readonly product: string | undefined;
  readonly serialNumber: string | undefined;
}

/** A row of resources/boards.json; without `product` it holds for all of the vendor's that have no row of their own. */
interface KnownBoard {
  readonly vendor: string;
  readonly product?: string;
  readonly name: string;
  readonly kind: 'board' | 'bridge';
}

/** What serialport tells of a port. */
export interface SystemPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
}

/** Boards first. Undefined when this computer gives no list, as a Linux without udevadm; then a port's name has to be typed. */
export async function listPorts(): Promise<readonly ListedPort[] | undefined> {
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list().catch(() => undefined);
  return ports === undefined ? undefined : describePorts(ports, await knownBoards());
}

/** Pure: what the system tells, with names from the list of known boards, in the order of a menu. */
export function describePorts(ports: readonly SystemPort[], known: readonly KnownBoard[]): ListedPort[] {
  const order = { board: 0, bridge: 1, other: 2 };
  return ports
    .filter(({ path }) => !isBuiltInPort(path))
    .map((port) => describePort(port, known))
    .sort((left, right) => order[left.kind] - order[right.kind] || left.path.localeCompare(right.path));
}

/** Every port that may be a board without further question: what the command line chooses from. */
export function likelyBoards(ports: readonly ListedPort[]): readonly ListedPort[] {
  const boards = ports.filter(({ kind }) => kind === 'board');
  return boards.length > 0 ? boards : ports.filter(({ kind }) => kind === 'bridge');
}

function describePort(port: SystemPort, known: readonly KnownBoard[]): ListedPort {
  const vendor = port.vendorId?.toLowerCase().padStart(4, '0');
  const product = port.productId?.toLowerCase().padStart(4, '0');
  const ofVendor = known.filter((row) => row.vendor === vendor);
  const row = ofVendor.find((each) => each.product === product) ?? ofVendor.find((each) => each.product === undefined);
  const name = row?.name ?? port.manufacturer ?? '';
  return { path: port.path, name, kind: row?.kind ?? 'other', vendor, product, serialNumber: port.serialNumber };
}

/** macOS lists each port twice, and Linux lists UARTs that no plug leads to. */
function isBuiltInPort(path: string): boolean {
  return /^\/dev\/(?:tty\.|ttyS\d+$|cu\.Bluetooth)/.test(path);
}

let known: Promise<readonly KnownBoard[]> | undefined;

function knownBoards(): Promise<readonly KnownBoard[]> {
  known ??= readFile(resourcePath('boards.json'), 'utf8').then((text) => JSON.parse(text) as KnownBoard[]);
  return known;
}
