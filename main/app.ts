/** Puts the app together, the same for the desktop and the browser: what differs comes in as `host`. */
import { join } from 'node:path';
import { listPorts, type ListedPort } from './boards/board-list';
import type { SeenPort } from './boards/board-book';
import { makeTransport } from './boards/open-transport';
import { Boards } from './boards/sessions';
import { SimulatedHardware } from './boards/simulated-hardware';
import { systemClock } from './boards/system-clock';
import { BoardFiles } from './files/board-files';
import { ComputerFolders } from './files/computer-folders';
import { JsonFile } from './files/json-file';
import { PutHashes } from './files/put-hashes';
import { Transfers } from './files/transfer';
import { makeHandlers } from './handlers';
import type { Host } from './host';
import type { Ipc } from './ipc';
import { SettingsStore } from './settings';

export interface App {
  /** Lets the boards go and waits until what is to be kept is on the disk. */
  dispose(): Promise<void>;
}

/** `folder` is the user's data folder. Resolves when calls can be answered. */
export async function startApp(host: Host, ipc: Ipc, folder: string): Promise<App> {
  const clock = systemClock;
  const settings = new SettingsStore(join(folder, 'settings.json'));
  await settings.load();
  settings.onChange((values) => ipc.emit('settings:changed', values));

  const hardware: SimulatedHardware = new SimulatedHardware({
    ipc,
    clock,
    hardReset: (board) => boards.hardReset(board),
  });
  const boards = new Boards({
    ipc,
    settings,
    clock,
    listPorts: async () => (await listPorts())?.map(seenPort) ?? null,
    makeTransport: (board) =>
      board.kind === 'simulated' ? hardware.makeTransport(board.id) : makeTransport(board.address),
  });
  const connection = boards.connection.bind(boards);
  const boardFiles = new BoardFiles(connection);
  const putHashes = new PutHashes(new JsonFile(join(folder, 'put-hashes.json')));
  await putHashes.load();
  const transfers = new Transfers({
    clock,
    connection,
    boardFiles,
    putHashes,
    onProgress: (progress) => ipc.emit('transfer:progress', progress),
  });
  const folders = new ComputerFolders({
    clock,
    settings,
    host,
    onChange: (changed) => ipc.emit('files:changed', { place: { on: 'computer' }, folder: changed }),
  });
  const drafts = new JsonFile(join(folder, 'drafts.json'));
  ipc.handle(makeHandlers({ host, boards, hardware, boardFiles, transfers, folders, settings, drafts }));
  await boards.start();

  return {
    async dispose() {
      folders.close();
      hardware.dispose();
      await boards.dispose();
      await Promise.all([settings.saved(), drafts.saved(), putHashes.saved()]);
    },
  };
}

/** The same board keeps its id on whatever port it shows up, if it has a serial number. */
function seenPort({ path, name, kind, vendor, product, serialNumber }: ListedPort): SeenPort {
  const isKnown = vendor !== undefined && product !== undefined && serialNumber !== undefined && serialNumber !== '';
  return {
    id: isKnown ? `usb:${vendor}:${product}:${serialNumber}` : path,
    address: path,
    description: name,
    isBoard: kind !== 'other',
  };
}
