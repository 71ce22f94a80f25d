// Defines the icon of each command that has one, and which commands a toolbar holds.
import Columns2 from '@lucide/svelte/icons/columns-2';
import Eraser from '@lucide/svelte/icons/eraser';
import PanelBottom from '@lucide/svelte/icons/panel-bottom';
import PanelLeft from '@lucide/svelte/icons/panel-left';
import PanelRight from '@lucide/svelte/icons/panel-right';
import Play from '@lucide/svelte/icons/play';
import Plus from '@lucide/svelte/icons/plus';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import Save from '@lucide/svelte/icons/save';
import Search from '@lucide/svelte/icons/search';
import Square from '@lucide/svelte/icons/square';
import { type Component } from 'svelte';
import { commandRows, type CommandId, type Toolbar } from '../../runtime/contract/commands';

export const commandIcons: { readonly [id in CommandId]?: Component } = {
  'file.new': Plus,
  'run.run': Play,
  'run.stop': Square,
  'run.softReset': RotateCw,
  'terminal.clear': Eraser,
  'terminal.find': Search,
  'terminal.save': Save,
  'view.files': PanelLeft,
  'view.panel': PanelBottom,
  'view.right': PanelRight,
  'view.sideBySide': Columns2,
};

/** The commands of a toolbar, in the order of the table. */
export function toolbarCommands(toolbar: Toolbar): CommandId[] {
  return commandRows.filter((row) => row.toolbar === toolbar).map((row) => row.id);
}
