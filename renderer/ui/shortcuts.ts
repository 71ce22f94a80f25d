// Defines the one listener for shortcuts. It hears each key before anything else does, leaves to the terminal what
// belongs to the board, and takes the rest.
import { type Focus } from '../../runtime/contract/commands';
import { type App } from '../state/app.svelte';
import { keyName } from '../state/commands.svelte';

const focuses: readonly Focus[] = ['text', 'term', 'computerTree', 'boardTree', 'plot'];

/** Where an element is, for keys that count only in some places; parts of the window say so by `data-focus`. */
export function focusOf(element: Element | null): Focus | null {
  const name = element?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
  return focuses.find((focus) => focus === name) ?? null;
}

/** A field that is typed into keeps its plain keys: Delete and F2 there are not those of the tree around it. */
function inField(element: Element | null): boolean {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

/** In the terminal every Ctrl+letter without Shift is the board's. */
function isForBoard(event: KeyboardEvent, focus: Focus | null): boolean {
  return (
    focus === 'term' &&
    event.ctrlKey &&
    !event.shiftKey &&
    !event.altKey &&
    !event.metaKey &&
    /^[a-z@[\\\]^_]$/i.test(event.key)
  );
}

/** Listens until the returned function is called. */
export function listenForShortcuts(app: App): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const focus = app.focus;
    if (isForBoard(event, focus)) return;
    const key = keyName(event);
    const plain = !event.ctrlKey && !event.metaKey && !/^(Shift\+)?F\d+$/.test(key);
    if (plain && focus !== 'term' && focus !== 'text' && inField(document.activeElement)) return;
    const meant = app.commands.forKey(key, focus);
    if (!meant) return;
    event.preventDefault();
    event.stopPropagation();
    // Over an open dialog the keys of the window do nothing, and the browser does not get them either.
    if (document.querySelector('dialog[open]')) return;
    if (meant.reason === null) app.commands.run(meant.id);
    else app.announcer.alert(meant.reason);
  };
  const follow = (): void => {
    const focus = focusOf(document.activeElement);
    app.focus = focus;
    if (focus === 'computerTree' || focus === 'boardTree') app.lastTree = focus;
    if (focus === 'text' || focus === 'term') app.lastText = focus;
  };
  // Removing an element takes its focus away in the midst of an update of the page, so the state follows a moment later.
  const onFocus = (): void => queueMicrotask(follow);
  window.addEventListener('keydown', onKey, { capture: true });
  window.addEventListener('focusin', onFocus);
  window.addEventListener('focusout', onFocus);
  return () => {
    window.removeEventListener('keydown', onKey, { capture: true });
    window.removeEventListener('focusin', onFocus);
    window.removeEventListener('focusout', onFocus);
  };
}
