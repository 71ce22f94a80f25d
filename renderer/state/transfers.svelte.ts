// Defines the transfers of this window: the one under way, its progress in words, and how to end it.
import { sizeWords } from '../../runtime/contract/messages';
import {
  type TransferDecisions,
  type TransferId,
  type TransferProgress,
  type TransferRequest,
  type TransferResult,
} from '../../runtime/contract/types';
import { type Api } from '../api';

/** Short transfers are over before anything would have been read. */
const quietMs = 300;

export class Transfers {
  /** Null before the first figures, and when nothing is under way. */
  progress = $state.raw<TransferProgress | null>(null);
  /** Ids of what was started here and has not ended, oldest first. */
  running = $state.raw<readonly TransferId[]>([]);
  #api: Api;
  #visible = $state(false);
  #last = 0;

  constructor(api: Api) {
    this.#api = api;
    api.on('transfer:progress', (progress) => {
      if (this.running.includes(progress.id)) this.progress = progress;
    });
  }

  /** Whether there is something to show: nothing is, in the first 300 ms. */
  get visible(): boolean {
    return this.#visible && this.running.length > 0;
  }

  /** Of the whole transfer, 0 to 1. */
  get fraction(): number {
    const progress = this.progress;
    return progress && progress.size > 0 ? progress.bytes / progress.size : 0;
  }

  /** "Uploading 3 of 12 · lib/umqtt.py · 42 % · 410 KB/s · about 4 s" */
  get words(): string {
    const progress = this.progress;
    if (!progress) return 'Preparing the transfer…';
    const verb = progress.direction === 'upload' ? 'Uploading' : 'Downloading';
    const parts = [
      `${verb} ${progress.file} of ${progress.files}`,
      progress.name,
      `${Math.floor(this.fraction * 100)} %`,
    ];
    if (progress.bytesPerSecond > 0) {
      const left = Math.ceil((progress.size - progress.bytes) / progress.bytesPerSecond);
      parts.push(`${sizeWords(Math.round(progress.bytesPerSecond))}/s`, `about ${left} s`);
    }
    return parts.join(' · ');
  }

  /** Copies, and resolves when all of it is in place. Rejects with an AppError, `cancelled` among them. */
  async start(request: TransferRequest, decisions: TransferDecisions): Promise<TransferResult> {
    const id = `${Date.now().toString(36)}-${++this.#last}`;
    this.running = [...this.running, id];
    const timer = setTimeout(() => (this.#visible = true), quietMs);
    try {
      return await this.#api.call('transfer:start', id, request, decisions);
    } finally {
      clearTimeout(timer);
      this.running = this.running.filter((other) => other !== id);
      this.progress = null;
      if (this.running.length === 0) this.#visible = false;
    }
  }

  /** Ends the oldest after its present block. */
  cancel(): void {
    const id = this.running[0];
    if (id !== undefined) void this.#api.call('transfer:cancel', id).catch(() => undefined);
  }
}
