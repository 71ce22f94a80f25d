// Defines the notices: the sentences in the row under the band, which stay until they are dismissed or solved.
import { type Announcer } from './announcer.svelte';

export type NoticeKind = 'info' | 'ok' | 'warn' | 'danger';

export interface NoticeAction {
  label: string;
  /** The notice is dismissed before this runs. */
  run: () => void;
}

export interface NoticeText {
  kind: NoticeKind;
  text: string;
  /** At most two. */
  actions?: readonly NoticeAction[];
  /** Code, system text and the like, behind the button "Show details". */
  details?: string;
  /** A later notice with the same key takes the place of this one; `solve(key)` removes it. */
  key?: string;
}

export interface Notice extends NoticeText {
  id: number;
}

export class Notices {
  list = $state<Notice[]>([]);
  #announcer: Announcer;
  #last = 0;

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  /** Shows a notice and has it read: errors at once, the others when there is time. */
  show(notice: NoticeText): void {
    const rest = this.list.filter((other) => notice.key === undefined || other.key !== notice.key);
    this.list = [{ ...notice, id: ++this.#last }, ...rest];
    if (notice.kind === 'danger') this.#announcer.alert(notice.text);
    else this.#announcer.say(notice.text);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** Removes the notice with this key: its matter is settled. */
  solve(key: string): void {
    this.list = this.list.filter((notice) => notice.key !== key);
  }
}
