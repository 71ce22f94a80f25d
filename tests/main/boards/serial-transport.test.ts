import { afterEach, beforeEach, expect, test } from 'vitest';
import { SerialTransport } from '../../../main/boards/serial-transport';
import { systemClock } from '../../../main/boards/system-clock';
import { BoardSession } from '../../../runtime/link/board-session';
import { LinkLost, type PortUnavailable } from '../../../runtime/link/errors';
import { describeWith } from '../../support/components';
import { type EmulatedMicrobit, startMicrobit } from '../../support/microbit';

test('a port that is not there is told as gone', async () => {
  const opening = new SerialTransport('/dev/no-such-port').open();
  await expect(opening).rejects.toMatchObject({ name: 'PortUnavailable', why: 'gone' });
});

test('writing before opening, and closing twice, are no accidents', async () => {
  const transport = new SerialTransport('/dev/no-such-port');
  await expect(transport.write(Uint8Array.of(1))).rejects.toBeInstanceOf(LinkLost);
  await transport.close();
  await transport.close();
});

describeWith('qemu', 'a serial port', () => {
  let microbit: EmulatedMicrobit;
  let transport: SerialTransport;
  let closes: (Error | undefined)[];

  beforeEach(async () => {
    microbit = await startMicrobit();
    transport = new SerialTransport(microbit.port);
    closes = [];
    transport.onClose((reason) => closes.push(reason));
    await transport.open();
  });

  afterEach(async () => {
    await transport.close();
    await microbit.unplug();
  });

  test('that another program has open is busy, with that program’s name', async () => {
    const error: unknown = await new SerialTransport(microbit.port).open().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PortUnavailable', why: 'busy' });
    if (process.platform === 'linux') expect((error as PortUnavailable).holder?.process).toBe(process.pid);
  });

  test('that is closed on request says so once, without a reason, and can be opened again', async () => {
    await transport.close();
    await transport.close();
    expect(closes).toEqual([undefined]);
    await expect(transport.write(Uint8Array.of(1))).rejects.toBeInstanceOf(LinkLost);
    const again = new SerialTransport(microbit.port);
    await again.open();
    await again.close();
  });

  test('that is unplugged in the middle of an upload ends it with LinkLost, told once', async () => {
    await transport.close();
    const session = new BoardSession(new SerialTransport(microbit.port), { clock: systemClock });
    const lost: LinkLost[] = [];
    session.on('lost', (error) => lost.push(error));
    await session.open();
    const upload = session.run(
      ({ files }) =>
        files.write('big.txt', new Uint8Array(5000), {
          onProgress: (done) => {
            if (done > 500) void microbit.unplug();
          },
        }),
      { name: 'uploading big.txt', interrupt: true },
    );
    await expect(upload).rejects.toBeInstanceOf(LinkLost);
    // The write may fail before the port tells that it is gone.
    await expect.poll(() => lost.length).toBe(1);
    expect(session.status.state).toBe('lost');
    await session.close();
  });
});
