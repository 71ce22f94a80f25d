/** Defines mountIn: shows a component in the document as a part of a window. */
import { flushSync, mount, unmount, type Component } from 'svelte';

import { provideApp, type App } from '../../../renderer/state/app.svelte';

/** Returns the function that takes it away. */
export function mountIn(app: App, component: Component): () => void {
  const inWindow = ((...args: Parameters<typeof component>) => {
    provideApp(app);
    return component(...args);
  }) as Component;
  // A context, even an empty one, is what lets `provideApp` add to it here.
  const mounted = mount(inWindow, { target: document.body, context: new Map() });
  flushSync();
  return () => {
    void unmount(mounted);
    flushSync();
  };
}

/** The element with that accessible name. */
export function byLabel<E extends HTMLElement = HTMLElement>(name: string): E {
  const found = document.querySelector<E>(`[aria-label="${name}"]`);
  if (found === null) throw new Error(`nothing is named ${name}`);
  return found;
}

/** The button with that text or name. */
export function button(name: string): HTMLButtonElement {
  const all = [...document.querySelectorAll('button')];
  const found = all.find((each) => each.textContent.trim() === name || each.getAttribute('aria-label') === name);
  if (found === undefined) throw new Error(`no button is named ${name}`);
  return found;
}

export function press(target: Element, key: string, modifiers: Omit<KeyboardEventInit, 'key'> = {}): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }));
  flushSync();
}
