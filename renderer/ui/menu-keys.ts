// Defines the arrow keys, Home, End and type-ahead inside a menu.

/** Moves the focus among the items of `menu`; says whether the key was one of its own. */
export function menuKeys(event: KeyboardEvent, menu: HTMLElement): boolean {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = target(event, items, at);
  if (!to) return false;
  event.preventDefault();
  event.stopPropagation();
  to.focus();
  return true;
}

function target(event: KeyboardEvent, items: HTMLElement[], at: number): HTMLElement | undefined {
  const active = items[at];
  switch (event.key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items[(at + items.length - 1) % items.length];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    case 'ArrowRight':
      if (active?.getAttribute('aria-expanded') === 'false') active.click();
      return active;
    case 'ArrowLeft':
      if (active?.getAttribute('aria-expanded') === 'true') active.click();
      return active;
  }
  if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const letter = event.key.toLowerCase();
  const behind = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return behind.find((item) => item.textContent.trim().toLowerCase().startsWith(letter));
}
