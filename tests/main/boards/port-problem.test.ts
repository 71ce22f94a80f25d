import { describe, expect, test } from 'vitest';
import { whyPortDoesNotOpen } from '../../../main/boards/port-problem';

describe('what serialport says when a port does not open', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Error: No such file or directory, cannot open /dev/ttyACM0', 'gone'],
    ['Error Resource temporarily unavailable Cannot lock port', 'busy'],
    ['Error: Device or resource busy, cannot open /dev/ttyACM0', 'busy'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'denied'],
    ['Opening COM3: Access denied', 'busy'],
    ['Opening COM3: File not found', 'gone'],
    ['Error: Resource busy, cannot open /dev/cu.usbmodem1', 'busy'],
    ['something else', 'unknown'],
  ];
  for (const [text, why] of cases) {
    test(`‘${text}’ means ${why}`, async () => {
      const problem = await whyPortDoesNotOpen('/dev/no-such-port', new Error(text));
      expect(problem).toMatchObject({ name: 'PortUnavailable', why, systemText: text, address: '/dev/no-such-port' });
    });
  }

  test.skipIf(process.platform !== 'linux')(
    'a port that is denied names the group that it really belongs to',
    async () => {
      const error = new Error('Error: Permission denied, cannot open /etc/passwd');
      expect(await whyPortDoesNotOpen('/etc/passwd', error)).toMatchObject({ why: 'denied', group: 'root' });
    },
  );
});
