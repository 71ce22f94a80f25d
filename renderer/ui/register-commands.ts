// Defines what the commands of the window itself do, and when. The files, the plotter, the terminal and the simulated
// board register their own.
import { type CommandId } from '../../runtime/contract/commands';
import { type App } from '../state/app.svelte';
import { type PaneName } from '../state/layout.svelte';
import { noBoardReason } from '../state/target.svelte';

export function registerCommands(app: App): void {
  const { commands, workspace, boards, runner, layout, settings, target } = app;

  commands.targetName = () => boards.target?.label ?? 'board';
  commands.noBoardReason = () => noBoardReason(boards.target);

  commands.condition('tab', () => workspace.shown !== null);
  commands.condition('twoTabs', () => workspace.tabs.length > 1);
  commands.condition('tabClosed', () => workspace.canReopen);
  commands.condition('text', () => workspace.shown !== null);
  commands.condition('board', () => boards.target?.connected === true);
  commands.condition('lost', () => boards.target !== null && !boards.target.connected);
  commands.condition('running', () => boards.target?.running === true);
  commands.condition('transfer', () => app.transfers.running.length > 0 || boards.target?.transferring === true);
  commands.condition('sim', () => boards.target?.simulated === true);
  commands.condition('folder', () => workspace.folder !== null);
  commands.condition('problems', () => workspace.problems.length > 0);

  registerFile(app);
  registerView(app);

  commands.handle('run.run', async () => {
    if (workspace.shown) await runner.run(workspace.shown);
  });
  commands.handle('run.stop', () => runner.stop());
  commands.handle('run.softReset', () => runner.softReset());

  commands.handle('board.simulated', () => target.choose('sim'));
  commands.handle('board.reconnect', async () => {
    if (boards.target) await target.connect(boards.target);
  });
  commands.handle('board.disconnect', async () => {
    await boards.target?.close().catch((error: unknown) => app.report(error));
  });
  commands.handle('board.hardReset', () => runner.hardReset());
  commands.handle('sim.restart', () => runner.hardReset());

  commands.handle('help.start', () => {
    workspace.startPage = true;
    return layout.show('editor');
  });
  commands.handle('help.keys', () => void (app.page = 'keys'));
  commands.handle('help.findBoard', () => void (app.page = 'findBoard'));
  commands.handle('help.about', () => void (app.page = 'about'));
  commands.handle('app.settings', () => void (app.page = 'settings'));
  commands.handle('app.quit', () => app.quit());
  commands.handle('files.hidden', {
    run: () => settings.change({ showHiddenFiles: !settings.values.showHiddenFiles }),
    isOn: () => settings.values.showHiddenFiles,
  });
  commands.handle('files.cancel', () => app.transfers.cancel());
}

function registerFile(app: App): void {
  const { commands, workspace } = app;
  const shown = (act: (tab: NonNullable<typeof workspace.shown>) => Promise<unknown>) => async () => {
    if (workspace.shown) await act(workspace.shown);
  };

  commands.handle('file.new', () => {
    workspace.newFile();
    return app.layout.show('editor');
  });
  commands.handle('file.open', async () => {
    const path = await app.chooseFile();
    if (path !== null && (await workspace.openFile({ on: 'computer' }, path))) await app.layout.show('editor');
  });
  commands.handle('file.openFolder', async () => {
    const path = await app.chooseFolder();
    if (path !== null) await workspace.openFolder(path).catch((error: unknown) => app.report(error));
  });
  commands.handle(
    'file.save',
    shown((tab) => workspace.save(tab)),
  );
  commands.handle(
    'file.saveAs',
    shown((tab) => workspace.saveAs(tab)),
  );
  commands.handle(
    'file.saveToBoard',
    shown((tab) => workspace.saveOnBoard(tab, false)),
  );
  commands.handle(
    'file.uploadAsMain',
    shown((tab) => workspace.uploadAsMain(tab)),
  );
  commands.handle(
    'file.close',
    shown((tab) => workspace.close(tab)),
  );
  commands.handle('file.reopen', () => workspace.reopen());
  commands.handle('file.nextTab', () => workspace.step(1));
  commands.handle('file.previousTab', () => workspace.step(-1));
}

function registerView(app: App): void {
  const { commands, layout, settings } = app;
  const panes: readonly [CommandId, PaneName][] = [
    ['view.editor', 'editor'],
    ['view.terminal', 'terminal'],
    ['view.computerFiles', 'computerFiles'],
    ['view.boardFiles', 'boardFiles'],
    ['view.plotter', 'plotter'],
    ['view.board', 'board'],
    ['view.problems', 'problems'],
  ];
  for (const [id, pane] of panes) commands.handle(id, () => layout.show(pane));

  commands.handle('view.palette', () => void (app.paletteOpen = true));
  commands.handle('view.nextPane', () => layout.step(1));
  commands.handle('view.previousPane', () => layout.step(-1));
  commands.handle(
    'view.files',
    toggle(
      app,
      'view.files',
      ['computerFiles', 'boardFiles'],
      () => layout.filesShown,
      () => layout.toggleFiles(),
    ),
  );
  commands.handle(
    'view.right',
    toggle(
      app,
      'view.right',
      ['board'],
      () => layout.rightShown,
      () => layout.toggleRight(),
    ),
  );
  commands.handle(
    'view.panel',
    toggle(
      app,
      'view.panel',
      ['terminal', 'plotter', 'problems'],
      () => layout.sizes.panelOpen,
      () => layout.togglePanel(),
    ),
  );
  commands.handle('view.sideBySide', {
    run: () => layout.change({ sideBySide: !layout.sizes.sideBySide, panelOpen: true }),
    isOn: () => layout.sideBySide,
    reason: () => (layout.sideBySideFits ? null : 'Side by side needs a panel 720 pixels wide.'),
  });
  for (const [id, theme] of [
    ['view.themeSystem', 'system'],
    ['view.themeLight', 'light'],
    ['view.themeDark', 'dark'],
  ] as const) {
    commands.handle(id, { run: () => settings.change({ theme }), isOn: () => settings.values.theme === theme });
  }
  commands.handle('view.screenReader', {
    run: () => settings.change({ screenReader: !settings.values.screenReader }),
    isOn: () => settings.values.screenReader,
  });
  commands.handle('view.resetLayout', () => layout.reset());

  const zoom = (level: number): void => {
    app.zoom = Math.max(-3, Math.min(8, level));
    void app.api.call('window:zoom', app.zoom).catch((error: unknown) => app.report(error));
  };
  commands.handle('view.zoomIn', () => zoom(app.zoom + 1));
  commands.handle('view.zoomOut', () => zoom(app.zoom - 1));
  commands.handle('view.zoomReset', () => zoom(0));
  let full = false;
  commands.handle('view.fullScreen', () => {
    full = !full;
    void app.api.call('window:fullScreen', full).catch((error: unknown) => app.report(error));
  });
}

/** Opens or closes a pane. Closing one that has the focus moves the focus to its button; opening moves it into the pane. */
function toggle(app: App, id: CommandId, panes: readonly PaneName[], isOn: () => boolean, flip: () => void) {
  return {
    isOn,
    run: async (): Promise<void> => {
      const inside = panes.some((pane) =>
        document.querySelector(`[data-pane="${pane}"]`)?.contains(document.activeElement),
      );
      const opening = !isOn();
      flip();
      const [first] = panes;
      if (opening && first) {
        await app.layout.show(first === 'terminal' ? app.layout.sizes.panelTab : first);
      } else if (inside) {
        document.querySelector<HTMLElement>(`header [data-command="${id}"]`)?.focus();
      }
    },
  };
}
