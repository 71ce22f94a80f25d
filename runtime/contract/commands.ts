// The table of everything a person can do in the app. The menu bar, the ☰ menu, the palette, the toolbars, the context
// menus, the shortcut handler and the page "Keyboard shortcuts" are all made from it; it is plain data, read by main/menu.ts
// and by the renderer.
//
// Keys are written as Electron accelerators ("Ctrl+Shift+O", "Cmd+Alt+F", "F5", "PageDown"). A condition is a name; the
// predicate behind it, and the function behind a command, live in the renderer.

/** The menus of the menu bar, in their order. */
export const menus = ['File', 'Edit', 'Run', 'Board', 'Plot', 'View', 'Help'] as const;
export type Menu = (typeof menus)[number];

/** Where the focus is. A key with such a list counts only there. */
export type Focus = 'text' | 'term' | 'computerTree' | 'boardTree' | 'plot';

/** What has to hold for a command to be enabled. `!` in front of a name means that it must not hold. */
export type Condition =
  | 'tab' // a file is open and chosen
  | 'twoTabs' // at least two files are open
  | 'tabClosed' // a tab was closed that can be opened again
  | 'board' // a board is connected and not lost
  | 'lost' // there was a board and its connection is gone
  | 'running' // a program runs, is being stopped, or the board does not answer
  | 'transfer' // a transfer to or from the board is under way
  | 'sim' // the target is the simulated board
  | 'folder' // a folder of the computer is open
  | 'text' // the editor holds a text, or the focus is in one
  | 'tree' // the focus is, or last was, in one of the two trees
  | 'selection' // something is selected in that tree
  | 'computerSelection' // something is selected in the computer's tree
  | 'boardSelection' // something is selected in the board's tree
  | 'problems' // there is at least one problem
  | 'traceback' // the last output of the board is a traceback
  | 'output' // the terminal holds output
  | 'plotData' // the plot holds samples
  | 'desktop'; // the app runs as a desktop app
export type When = Condition | `!${Condition}`;

/** A row of buttons that shows the command. */
export type Toolbar = 'run' | 'view' | 'files' | 'plot' | 'terminal' | 'tabs';

/** A thing whose context menu shows the command. */
export type Context = 'editor' | 'tab' | 'terminal' | 'computerTree' | 'boardTree';

export interface CommandKey {
  /** The key on Windows and Linux. */
  readonly pc?: string;
  /** The key on macOS. */
  readonly mac?: string;
  /** Browsers keep this key for themselves, so it works in the desktop app only. */
  readonly desktopOnly?: true;
  /** The key counts only while the focus is in one of these. */
  readonly focus?: readonly Focus[];
  /** The focused element obeys the key by itself: it is shown, and left alone by the shortcut handler. */
  readonly native?: true;
}

/** Electron's own menu item behind a command, where the operating system needs it (macOS, mostly). */
export type Role = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'quit';

export interface CommandRow {
  readonly id: string;
  /** In sentence case; `{target}` stands for the name of the target, as in "Run on {target}". */
  readonly title: string;
  readonly menu: Menu;
  readonly keys?: readonly CommandKey[];
  /** All of them have to hold. Without the field the command is always enabled. */
  readonly when?: readonly When[];
  readonly toolbar?: Toolbar;
  readonly context?: readonly Context[];
  /** The command is a switch: a menu shows whether it is on. */
  readonly toggle?: true;
  /** A line stands above it in its menu. */
  readonly separated?: true;
  /** Shown in the palette and in context menus, not in the menu bar. */
  readonly notInMenu?: true;
  readonly role?: Role;
}

const trees: readonly Focus[] = ['computerTree', 'boardTree'];

export const commands = [
  // File
  {
    id: 'file.new',
    title: 'New file',
    menu: 'File',
    keys: [{ pc: 'Ctrl+N', mac: 'Cmd+N', desktopOnly: true }],
    toolbar: 'tabs',
  },
  { id: 'file.open', title: 'Open file…', menu: 'File', keys: [{ pc: 'Ctrl+O', mac: 'Cmd+O' }] },
  { id: 'file.openFolder', title: 'Open folder…', menu: 'File', keys: [{ pc: 'Ctrl+Shift+O', mac: 'Cmd+Shift+O' }] },
  {
    id: 'file.save',
    title: 'Save',
    menu: 'File',
    keys: [{ pc: 'Ctrl+S', mac: 'Cmd+S' }],
    when: ['tab'],
    context: ['tab'],
    separated: true,
  },
  {
    id: 'file.saveAs',
    title: 'Save as…',
    menu: 'File',
    keys: [{ pc: 'Ctrl+Shift+S', mac: 'Cmd+Shift+S', desktopOnly: true }],
    when: ['tab'],
    context: ['tab'],
  },
  {
    id: 'file.saveToBoard',
    title: 'Save a copy on the board…',
    menu: 'File',
    when: ['tab', 'board'],
    context: ['tab'],
  },
  { id: 'file.uploadAsMain', title: 'Upload as main.py…', menu: 'File', when: ['tab', 'board'], context: ['tab'] },
  {
    id: 'file.close',
    title: 'Close tab',
    menu: 'File',
    keys: [{ pc: 'Ctrl+W', mac: 'Cmd+W', desktopOnly: true }],
    when: ['tab'],
    context: ['tab'],
    separated: true,
  },
  {
    id: 'file.reopen',
    title: 'Reopen closed tab',
    menu: 'File',
    keys: [{ pc: 'Ctrl+Shift+T', mac: 'Cmd+Shift+T', desktopOnly: true }],
    when: ['tabClosed'],
    context: ['tab'],
  },
  { id: 'app.settings', title: 'Settings…', menu: 'File', keys: [{ pc: 'Ctrl+,', mac: 'Cmd+,' }], separated: true },
  {
    id: 'app.quit',
    title: 'Quit Tether',
    menu: 'File',
    keys: [{ pc: 'Ctrl+Q', mac: 'Cmd+Q', desktopOnly: true }],
    when: ['desktop'],
    role: 'quit',
  },

  // Edit
  {
    id: 'edit.undo',
    title: 'Undo',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+Z', mac: 'Cmd+Z', focus: ['text'], native: true }],
    when: ['text'],
    role: 'undo',
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+Y', mac: 'Cmd+Shift+Z', focus: ['text'], native: true }],
    when: ['text'],
    role: 'redo',
  },
  {
    id: 'edit.cut',
    title: 'Cut',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+X', mac: 'Cmd+X', focus: ['text'], native: true }],
    when: ['text'],
    context: ['editor'],
    separated: true,
    role: 'cut',
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    menu: 'Edit',
    keys: [
      { pc: 'Ctrl+C', mac: 'Cmd+C', focus: ['text'], native: true },
      { pc: 'Ctrl+Shift+C', mac: 'Cmd+C', focus: ['term'] },
    ],
    context: ['editor', 'terminal'],
    role: 'copy',
  },
  {
    id: 'edit.paste',
    title: 'Paste',
    menu: 'Edit',
    keys: [
      { pc: 'Ctrl+V', mac: 'Cmd+V', focus: ['text'], native: true },
      { pc: 'Ctrl+Shift+V', mac: 'Cmd+V', focus: ['term'], native: true },
    ],
    context: ['editor', 'terminal'],
    role: 'paste',
  },
  {
    id: 'edit.selectAll',
    title: 'Select all',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+A', mac: 'Cmd+A', focus: ['text', ...trees], native: true }],
    context: ['editor', 'terminal'],
    role: 'selectAll',
  },
  {
    id: 'edit.find',
    title: 'Find',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+F', mac: 'Cmd+F', focus: ['text'] }],
    when: ['text'],
    separated: true,
  },
  {
    id: 'edit.replace',
    title: 'Replace',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+H', mac: 'Cmd+Alt+F', focus: ['text'] }],
    when: ['text'],
  },
  {
    id: 'edit.goToLine',
    title: 'Go to line…',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+G', mac: 'Ctrl+G', focus: ['text'] }],
    when: ['text'],
  },
  {
    id: 'edit.comment',
    title: 'Toggle comment',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+/', mac: 'Cmd+/', focus: ['text'] }],
    when: ['text'],
  },
  {
    id: 'edit.nextProblem',
    title: 'Next problem',
    menu: 'Edit',
    keys: [{ pc: 'F8', mac: 'F8' }],
    when: ['problems'],
    separated: true,
  },
  {
    id: 'edit.previousProblem',
    title: 'Previous problem',
    menu: 'Edit',
    keys: [{ pc: 'Shift+F8', mac: 'Shift+F8' }],
    when: ['problems'],
  },
  {
    id: 'edit.goToError',
    title: 'Go to error line',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+Shift+E', mac: 'Cmd+Shift+E' }],
    when: ['traceback'],
    context: ['terminal'],
  },
  {
    id: 'edit.tabMovesFocus',
    title: 'Tab moves focus',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+M', mac: 'Alt+Shift+M', focus: ['text'] }],
    when: ['text'],
    toggle: true,
  },
  {
    id: 'terminal.clear',
    title: 'Clear terminal',
    menu: 'Edit',
    keys: [{ mac: 'Cmd+K', focus: ['term'] }],
    toolbar: 'terminal',
    context: ['terminal'],
    separated: true,
  },
  {
    id: 'terminal.find',
    title: 'Find in terminal',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+Shift+F', mac: 'Cmd+F', focus: ['term'] }],
    toolbar: 'terminal',
  },
  {
    id: 'terminal.save',
    title: 'Save output…',
    menu: 'Edit',
    when: ['output'],
    toolbar: 'terminal',
    context: ['terminal'],
  },
  { id: 'terminal.readLast', title: 'Read last output', menu: 'Edit', when: ['output'], context: ['terminal'] },
  {
    id: 'terminal.send.a',
    title: 'Send Ctrl+A',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+A', mac: 'Ctrl+A', focus: ['term'], native: true }],
    when: ['board', '!transfer'],
    notInMenu: true,
  },
  {
    id: 'terminal.send.b',
    title: 'Send Ctrl+B',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+B', mac: 'Ctrl+B', focus: ['term'], native: true }],
    when: ['board', '!transfer'],
    notInMenu: true,
  },
  {
    id: 'terminal.send.c',
    title: 'Send Ctrl+C',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+C', mac: 'Ctrl+C', focus: ['term'], native: true }],
    when: ['board', '!transfer'],
    notInMenu: true,
  },
  {
    id: 'terminal.send.d',
    title: 'Send Ctrl+D',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+D', mac: 'Ctrl+D', focus: ['term'], native: true }],
    when: ['board', '!transfer'],
    notInMenu: true,
  },
  {
    id: 'terminal.send.e',
    title: 'Send Ctrl+E',
    menu: 'Edit',
    keys: [{ pc: 'Ctrl+E', mac: 'Ctrl+E', focus: ['term'], native: true }],
    when: ['board', '!transfer'],
    notInMenu: true,
  },

  // Run
  {
    id: 'run.run',
    title: 'Run on {target}',
    menu: 'Run',
    keys: [
      { pc: 'F5', mac: 'F5' },
      { mac: 'Cmd+R', desktopOnly: true },
    ],
    when: ['tab', 'board', '!transfer'],
    toolbar: 'run',
  },
  {
    id: 'run.stop',
    title: 'Stop',
    menu: 'Run',
    keys: [{ pc: 'Shift+F5', mac: 'Shift+F5' }, { mac: 'Cmd+.' }],
    when: ['running'],
    toolbar: 'run',
  },
  {
    id: 'run.softReset',
    title: 'Soft reset',
    menu: 'Run',
    keys: [{ pc: 'Ctrl+Shift+F5', mac: 'Cmd+Shift+R', desktopOnly: true }],
    when: ['board', '!transfer'],
    toolbar: 'run',
  },

  // Board
  { id: 'board.choose', title: 'Choose board…', menu: 'Board', keys: [{ pc: 'Ctrl+Shift+B', mac: 'Cmd+Shift+B' }] },
  { id: 'board.simulated', title: 'Use simulated board', menu: 'Board', when: ['!sim'] },
  { id: 'board.reconnect', title: 'Connect again', menu: 'Board', when: ['lost'] },
  { id: 'board.disconnect', title: 'Disconnect', menu: 'Board', when: ['board'] },
  {
    id: 'files.upload',
    title: 'Upload to {target}',
    menu: 'Board',
    keys: [{ pc: 'Ctrl+Enter', mac: 'Cmd+Enter', focus: ['computerTree'] }],
    when: ['computerSelection', 'board'],
    toolbar: 'files',
    context: ['computerTree'],
    separated: true,
  },
  {
    id: 'files.download',
    title: 'Download to computer',
    menu: 'Board',
    keys: [{ pc: 'Ctrl+Enter', mac: 'Cmd+Enter', focus: ['boardTree'] }],
    when: ['boardSelection', 'board', 'folder'],
    toolbar: 'files',
    context: ['boardTree'],
  },
  {
    id: 'files.newFile',
    title: 'New file here…',
    menu: 'Board',
    when: ['tree'],
    context: ['computerTree', 'boardTree'],
    notInMenu: true,
  },
  {
    id: 'files.newFolder',
    title: 'New folder…',
    menu: 'Board',
    when: ['tree'],
    context: ['computerTree', 'boardTree'],
    notInMenu: true,
  },
  {
    id: 'files.rename',
    title: 'Rename',
    menu: 'Board',
    keys: [{ pc: 'F2', mac: 'F2', focus: trees }],
    when: ['tree', 'selection'],
    context: ['computerTree', 'boardTree'],
    notInMenu: true,
  },
  {
    id: 'files.delete',
    title: 'Delete…',
    menu: 'Board',
    keys: [{ pc: 'Delete', mac: 'Cmd+Backspace', focus: trees }],
    when: ['tree', 'selection'],
    context: ['computerTree', 'boardTree'],
    notInMenu: true,
  },
  { id: 'files.refresh', title: 'Refresh', menu: 'Board', context: ['computerTree', 'boardTree'] },
  { id: 'files.list', title: 'Stop and list files', menu: 'Board', when: ['board', 'running'] },
  {
    id: 'files.hidden',
    title: 'Show hidden files',
    menu: 'Board',
    context: ['computerTree', 'boardTree'],
    toggle: true,
  },
  { id: 'files.cancel', title: 'Cancel transfer', menu: 'Board', when: ['transfer'] },
  { id: 'sim.user', title: 'Press USR', menu: 'Board', when: ['sim'], separated: true },
  { id: 'sim.reset', title: 'Press RST', menu: 'Board', when: ['sim'] },
  { id: 'sim.restart', title: 'Restart the simulated board', menu: 'Board', when: ['sim'] },
  { id: 'sim.readOut', title: 'Read out the board’s state', menu: 'Board', when: ['sim'] },
  { id: 'board.hardReset', title: 'Hard reset…', menu: 'Board', when: ['board', '!transfer'], separated: true },

  // Plot
  {
    id: 'plot.pause',
    title: 'Pause',
    menu: 'Plot',
    keys: [{ pc: 'Space', mac: 'Space', focus: ['plot'] }],
    toolbar: 'plot',
    toggle: true,
  },
  {
    id: 'plot.live',
    title: 'Back to live',
    menu: 'Plot',
    keys: [{ pc: 'Escape', mac: 'Escape', focus: ['plot'] }],
    when: ['plotData'],
  },
  { id: 'plot.clear', title: 'Clear plot', menu: 'Plot', when: ['plotData'], toolbar: 'plot' },
  { id: 'plot.csvVisible', title: 'Export visible as CSV…', menu: 'Plot', when: ['plotData'], separated: true },
  { id: 'plot.csvAll', title: 'Export all as CSV…', menu: 'Plot', when: ['plotData'], toolbar: 'plot' },

  // View
  {
    id: 'view.palette',
    title: 'Command palette…',
    menu: 'View',
    keys: [
      { pc: 'F1', mac: 'F1' },
      { pc: 'Ctrl+Shift+P', mac: 'Cmd+Shift+P' },
    ],
  },
  { id: 'view.editor', title: 'Go to editor', menu: 'View', keys: [{ pc: 'Ctrl+1', mac: 'Cmd+1' }], separated: true },
  { id: 'view.terminal', title: 'Go to terminal', menu: 'View', keys: [{ pc: 'Ctrl+2', mac: 'Cmd+2' }] },
  { id: 'view.computerFiles', title: 'Go to computer files', menu: 'View', keys: [{ pc: 'Ctrl+3', mac: 'Cmd+3' }] },
  { id: 'view.boardFiles', title: 'Go to board files', menu: 'View', keys: [{ pc: 'Ctrl+4', mac: 'Cmd+4' }] },
  { id: 'view.plotter', title: 'Go to plotter', menu: 'View', keys: [{ pc: 'Ctrl+5', mac: 'Cmd+5' }] },
  { id: 'view.board', title: 'Go to board panel', menu: 'View', keys: [{ pc: 'Ctrl+6', mac: 'Cmd+6' }] },
  { id: 'view.problems', title: 'Go to problems', menu: 'View', keys: [{ pc: 'Ctrl+7', mac: 'Cmd+7' }] },
  { id: 'view.nextPane', title: 'Next pane', menu: 'View', keys: [{ pc: 'F6', mac: 'F6' }], separated: true },
  { id: 'view.previousPane', title: 'Previous pane', menu: 'View', keys: [{ pc: 'Shift+F6', mac: 'Shift+F6' }] },
  {
    id: 'file.nextTab',
    title: 'Next tab',
    menu: 'View',
    keys: [{ pc: 'Ctrl+PageDown', mac: 'Cmd+Shift+]', desktopOnly: true }],
    when: ['twoTabs'],
  },
  {
    id: 'file.previousTab',
    title: 'Previous tab',
    menu: 'View',
    keys: [{ pc: 'Ctrl+PageUp', mac: 'Cmd+Shift+[', desktopOnly: true }],
    when: ['twoTabs'],
  },
  {
    id: 'view.files',
    title: 'Files column',
    menu: 'View',
    keys: [{ pc: 'Ctrl+B', mac: 'Cmd+B' }],
    toolbar: 'view',
    toggle: true,
    separated: true,
  },
  {
    id: 'view.panel',
    title: 'Bottom panel',
    menu: 'View',
    keys: [{ pc: 'Ctrl+J', mac: 'Cmd+J' }],
    toolbar: 'view',
    toggle: true,
  },
  { id: 'view.right', title: 'Board column', menu: 'View', toolbar: 'view', toggle: true },
  { id: 'view.sideBySide', title: 'Terminal and plotter side by side', menu: 'View', toggle: true },
  { id: 'view.themeSystem', title: 'Theme: System', menu: 'View', toggle: true, separated: true },
  { id: 'view.themeLight', title: 'Theme: Light', menu: 'View', toggle: true },
  { id: 'view.themeDark', title: 'Theme: Dark', menu: 'View', toggle: true },
  { id: 'view.screenReader', title: 'Screen reader mode', menu: 'View', toggle: true },
  { id: 'view.resetLayout', title: 'Reset layout', menu: 'View' },
  {
    id: 'view.zoomIn',
    title: 'Zoom in',
    menu: 'View',
    keys: [{ pc: 'Ctrl+=', mac: 'Cmd+=', desktopOnly: true }],
    when: ['desktop'],
    separated: true,
  },
  {
    id: 'view.zoomOut',
    title: 'Zoom out',
    menu: 'View',
    keys: [{ pc: 'Ctrl+-', mac: 'Cmd+-', desktopOnly: true }],
    when: ['desktop'],
  },
  {
    id: 'view.zoomReset',
    title: 'Actual size',
    menu: 'View',
    keys: [{ pc: 'Ctrl+0', mac: 'Cmd+0', desktopOnly: true }],
    when: ['desktop'],
  },
  {
    id: 'view.fullScreen',
    title: 'Full screen',
    menu: 'View',
    keys: [{ pc: 'F11', mac: 'Ctrl+Cmd+F', desktopOnly: true }],
    when: ['desktop'],
  },

  // Help
  { id: 'help.start', title: 'Start page', menu: 'Help' },
  { id: 'help.keys', title: 'Keyboard shortcuts', menu: 'Help' },
  { id: 'help.findBoard', title: 'Board not in the list?', menu: 'Help' },
  { id: 'help.about', title: 'About Tether', menu: 'Help' },
] as const satisfies readonly CommandRow[];

export type CommandId = (typeof commands)[number]['id'];

/** The same table without its literal types, for code that walks it. */
export const commandRows: readonly (CommandRow & { readonly id: CommandId })[] = commands;
