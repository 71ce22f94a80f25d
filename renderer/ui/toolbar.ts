// Defines the keys of a toolbar: one Tab stop, arrows, Home and End inside (APG, toolbar).

/** For `use:toolbar` on an element with the role `toolbar`. */
export function toolbar(node: HTMLElement): { destroy: () => void } {
  const items = (): HTMLElement[] => [...node.querySelectorAll<HTMLElement>('button, select, input')];

  const rove = (chosen: HTMLElement | undefined): void => {
    for (const item of items()) item.tabIndex = item === chosen ? 0 : -1;
  };
  const onFocus = (event: FocusEvent): void => rove(event.target as HTMLElement);
  const onKey = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (at === -1) return;
    const next: Record<string, number> = {
      ArrowRight: (at + 1) % all.length,
      ArrowLeft: (at + all.length - 1) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const index = next[event.key];
    if (index === undefined || (document.activeElement instanceof HTMLSelectElement && !event.key.startsWith('Arrow')))
      return;
    event.preventDefault();
    all[index]?.focus();
  };

  node.addEventListener('focusin', onFocus);
  node.addEventListener('keydown', onKey);
  rove(items()[0]);
  // Buttons come and go with the width; one of them always keeps the Tab stop.
  const watcher = new MutationObserver(() => {
    const all = items();
    if (!all.some((item) => item.tabIndex === 0)) rove(all[0]);
  });
  watcher.observe(node, { childList: true, subtree: true });
  return {
    destroy: () => {
      watcher.disconnect();
      node.removeEventListener('focusin', onFocus);
      node.removeEventListener('keydown', onKey);
    },
  };
}
