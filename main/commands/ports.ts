/** `tether ports`: the boards and serial ports of this computer. */

import { type ListedPort, listPorts } from '../boards/board-list';
import { SIMULATED_ADDRESS } from '../boards/open-transport';
import { parseOptions } from './options';

const SIMULATED = {
  path: SIMULATED_ADDRESS,
  name: 'Simulated board',
  kind: 'simulated',
  vendor: undefined,
  product: undefined,
  serialNumber: undefined,
} as const;

export async function run(args: readonly string[]): Promise<number> {
  const { flags } = parseOptions(args, { json: undefined }, { most: 0 });
  const listed = await listPorts();
  const ports = [SIMULATED, ...(listed ?? [])];
  if (flags.has('json')) {
    process.stdout.write(`${JSON.stringify(ports, null, 2)}\n`);
  } else {
    const width = Math.max(...ports.map(({ path }) => path.length));
    for (const port of ports) process.stdout.write(`${port.path.padEnd(width)}  ${describe(port)}`.trimEnd() + '\n');
  }
  if (listed === undefined) {
    process.stderr.write('tether: This computer does not give a list of ports. Name the port with -p.\n');
  }
  return 0;
}

function describe({ name, vendor, product, serialNumber }: ListedPort | typeof SIMULATED): string {
  const numbers = vendor === undefined ? '' : `${vendor}:${product ?? ''}`;
  return [name, numbers, serialNumber ?? ''].filter((part) => part !== '').join('  ');
}
