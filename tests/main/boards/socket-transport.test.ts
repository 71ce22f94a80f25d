import { afterEach, beforeEach, expect, test } from 'vitest';
import { SocketTransport } from '../../../main/boards/socket-transport';
import { LinkLost } from '../../../runtime/link/errors';
import { ScriptedBoard } from '../../support/scripted-board';
import { type TcpBoard, serveBoard } from '../../support/tcp-board';

let board: ScriptedBoard;
let served: TcpBoard;
let transport: SocketTransport;
let closes: (Error | undefined)[];

beforeEach(async () => {
  board = new ScriptedBoard();
  await board.open();
  served = await serveBoard(board);
  transport = new SocketTransport('127.0.0.1', Number(served.address.split(':').at(-1)));
  closes = [];
  transport.onClose((reason) => closes.push(reason));
});

afterEach(async () => {
  await transport.close();
  await served.close();
});

test('bytes go there and back', async () => {
  const heard = new Promise<string>((resolve) => {
    let text = '';
    transport.onData((chunk) => {
      text += Buffer.from(chunk).toString();
      if (text.endsWith('>>> ')) resolve(text);
    });
  });
  await transport.open();
  expect(transport.info).toEqual({ kind: 'socket', address: served.address });
  await transport.write(Buffer.from(' \r'));
  expect(await heard).toBe(' \r\n>>> ');
});

test('a port that nobody serves is told as gone', async () => {
  await served.close();
  await expect(transport.open()).rejects.toMatchObject({ name: 'PortUnavailable', why: 'gone' });
  expect(closes).toEqual([]);
});

test('a connection that the other side ends is told once, with a reason', async () => {
  await transport.open();
  await transport.write(Buffer.from('\r'));
  const closed = new Promise<void>((resolve) => {
    transport.onClose(() => {
      resolve();
    });
  });
  served.disconnect();
  await closed;
  expect(closes).toHaveLength(1);
  expect(closes[0]).toBeInstanceOf(Error);
  await expect(transport.write(Buffer.from('x'))).rejects.toBeInstanceOf(LinkLost);
});

test('a connection that is closed on request is told once, without a reason', async () => {
  await transport.open();
  await transport.close();
  await transport.close();
  expect(closes).toEqual([undefined]);
});
