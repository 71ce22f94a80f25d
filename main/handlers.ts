/** Defines the function behind each call of the contract: a table, and nothing else. */
import type { Draft, FilePlace } from '../runtime/contract/types';
import type { Boards } from './boards/sessions';
import type { SimulatedHardware } from './boards/simulated-hardware';
import type { BoardFiles } from './files/board-files';
import type { ComputerFolders } from './files/computer-folders';
import type { JsonFile } from './files/json-file';
import { createLocal, listFolder, makeLocalFolder, moveLocal, readLocal, writeLocal } from './files/local-files';
import type { Transfers } from './files/transfer';
import type { Host } from './host';
import type { Handlers } from './ipc';
import type { SettingsStore } from './settings';

export interface Services {
  readonly host: Host;
  readonly boards: Boards;
  readonly hardware: SimulatedHardware;
  readonly boardFiles: BoardFiles;
  readonly transfers: Transfers;
  readonly folders: ComputerFolders;
  readonly settings: SettingsStore;
  readonly drafts: JsonFile;
}

export function makeHandlers(services: Services): Handlers {
  const { host, boards, hardware, boardFiles, transfers, folders, settings, drafts } = services;
  return {
    'app:info': () => host.info,
    'app:quit': () => host.quit(),

    'boards:list': () => boards.list(),
    'boards:add': (_, address) => boards.add(address),
    'boards:rename': (_, board, name) => boards.rename(board, name),
    'boards:forget': (_, board) => boards.forget(board),
    'boards:open': () => boards.openIds(),

    'board:open': (client, board) => boards.open(board, client),
    'board:close': (_, board) => boards.close(board),
    'board:write': (_, board, bytes) => boards.connection(board).write(bytes),
    'board:outputShown': (client, board, bytes) => boards.outputShown(board, client, bytes),
    'board:run': (_, board, request) => boards.connection(board).run(request),
    'board:stop': (_, board) => boards.connection(board).stop(),
    'board:softReset': (_, board) => boards.connection(board).softReset(),
    'board:hardReset': (_, board) => boards.hardReset(board),
    'board:volumes': (_, board) => boardFiles.volumes(board),

    'files:list': (_, place, path) => on(place, listFolder, boardFiles.list)(path),
    'files:read': (_, place, path) => on(place, readLocal, boardFiles.read)(path),
    'files:write': (_, place, path, bytes) => on(place, writeLocal, boardFiles.write)(path, bytes),
    'files:create': (_, place, folder, name, bytes) => on(place, createLocal, boardFiles.create)(folder, name, bytes),
    'files:makeFolder': (_, place, folder, name) => on(place, makeLocalFolder, boardFiles.makeFolder)(folder, name),
    'files:move': (_, place, path, folder, name) => on(place, moveLocal, boardFiles.move)(path, folder, name),
    'files:remove': (_, place, paths) => on(place, folders.remove, boardFiles.remove)(paths),

    'transfer:check': (_, request) => transfers.check(request),
    'transfer:start': (_, id, request, decisions) => transfers.start(id, request, decisions),
    'transfer:cancel': (_, id) => transfers.cancel(id),

    'computer:chooseFolder': () => host.chooseFolder(),
    'computer:chooseFile': () => host.chooseFile(),
    'computer:chooseSave': (_, suggestedName) => host.chooseSave(suggestedName),
    'computer:places': () => folders.places(),
    'computer:openFolder': (_, path) => folders.open(path),
    'computer:reveal': (_, path) => host.reveal(path),

    'settings:read': () => settings.current,
    'settings:change': (_, changes) => settings.change(changes),
    'drafts:read': async () => ((await drafts.read()) ?? []) as readonly Draft[],
    'drafts:write': (_, list) => drafts.write(list),

    'window:setTitle': (_, title) => host.setTitle(title),
    'window:holdClose': (_, held) => host.holdClose(held),
    'window:fullScreen': (_, full) => host.setFullScreen(full),
    'window:zoom': (_, level) => host.setZoom(level),
    'menu:update': (_, state) => host.updateMenu(state),

    'sim:watch': (client, board, watching) => hardware.watch(client, board, watching),
    'sim:input': (_, board, input) => hardware.input(board, input),
  };

  /** The function for the computer's files, or the one for a board's with the board given. */
  function on<A extends unknown[], R>(
    place: FilePlace,
    local: (...args: A) => R,
    remote: (board: string, ...args: A) => R,
  ): (...args: A) => R {
    return place.on === 'computer' ? local : (...args) => remote.call(boardFiles, place.board, ...args);
  }
}
