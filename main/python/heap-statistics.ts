/** What Node tells of the memory of this thread. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { createContext, runInContext, runInNewContext } from 'node:vm';
import type { Garbage, HostMemory } from '../../runtime/python/interpreter/hal';

let collect: ((options?: { type: 'minor' }) => void) | undefined;
/** What a weak reference was made for or asked for is kept until the microtasks are run; a context with its own runs none. */
let forget: (() => unknown) | undefined;

/** V8 gives its collector to contexts made after it was told to. */
function collector(): NonNullable<typeof collect> {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as NonNullable<typeof collect>;
}

function forgetter(): () => unknown {
  const context = createContext({}, { microtaskMode: 'afterEvaluate' });
  return () => runInContext('0', context) as unknown;
}

export function hostMemory(garbage: Garbage): HostMemory {
  if (garbage !== 'none') {
    collect ??= collector();
    forget ??= forgetter();
    forget();
    if (garbage === 'all') collect();
    // Buffers are given back in another thread: only the next collection waits for that.
    collect({ type: 'minor' });
  }
  const statistics = getHeapStatistics();
  const buffers = process.memoryUsage().arrayBuffers;
  return { used: statistics.used_heap_size + buffers, buffers, limit: statistics.heap_size_limit };
}
