/** Defines where Tether keeps what belongs to its user: settings, drafts, the simulated board's flash. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The desktop app, the browser app and the command line share it. `TETHER_DATA` names another, which tests need. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  const { TETHER_DATA, APPDATA, XDG_CONFIG_HOME } = environment;
  if (TETHER_DATA) return TETHER_DATA;
  if (platform === 'win32') return join(APPDATA || join(homedir(), 'AppData', 'Roaming'), 'Tether');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tether');
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'tether');
}
