/** The computer's own clock. */

import { performance } from 'node:perf_hooks';
import type { Clock } from '../../runtime/bytes/clock';

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
