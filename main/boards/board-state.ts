/** Defines how the link's view of a board becomes the state that a person is shown. */
import type { BoardState } from '../../runtime/contract/types';
import type { SessionStatus } from '../../runtime/link/board-session';

export type Busy = Extract<BoardState, { name: 'busy' }>;

/** `busy` is our own task under way; `stopIgnored` that the board has not obeyed Stop for 3 s. */
export function boardState(
  { state, activity, task, stopping }: SessionStatus,
  { busy, stopIgnored, simulated }: { busy: Busy | null; stopIgnored: boolean; simulated: boolean },
): BoardState {
  switch (state) {
    case 'closed':
      return { name: 'closed' };
    case 'opening':
      return { name: 'connecting' };
    case 'lost':
      return { name: 'lost' };
    case 'terminal':
    case 'busy':
      break;
  }
  if (stopping) {
    return stopIgnored && simulated ? { name: 'stuck' } : { name: 'stopping', stubborn: stopIgnored };
  }
  switch (activity) {
    case 'starting':
      return { name: 'starting' };
    case 'program':
      return { name: 'running', program: null };
    case 'script':
      return { name: 'running', program: task ?? null };
    case 'task':
      return busy ?? { name: 'busy', doing: 'checking', file: null, fraction: null };
    case 'silent':
      return { name: 'silent' };
    case 'foreign':
      return { name: 'not-micropython' };
    case 'prompt':
    case 'none':
      return { name: 'ready' };
  }
}
