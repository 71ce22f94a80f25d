/** Defines what the app says about itself. */
import { readFileSync } from 'node:fs';
import type { AppInfo } from '../runtime/contract/types';
import { resourcePath } from './resources';

export function appInfo(host: AppInfo['host']): AppInfo {
  const { version } = JSON.parse(readFileSync(resourcePath('..', 'package.json'), 'utf8')) as { version: string };
  const { node, electron, chrome } = process.versions;
  const versions = { node, electron, chrome };
  return {
    name: 'Tether',
    version,
    host,
    platform: ({ darwin: 'mac', win32: 'windows' } as const)[process.platform as string] ?? 'linux',
    versions: Object.fromEntries(Object.entries(versions).filter((entry) => entry[1] !== undefined)),
    nativeDialogs: host === 'desktop',
  };
}
