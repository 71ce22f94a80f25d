/** The version of Tether. */

import { readFile } from 'node:fs/promises';
import { resourcePath } from '../resources';

export async function readAppVersion(): Promise<string> {
  const text = await readFile(resourcePath('..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
