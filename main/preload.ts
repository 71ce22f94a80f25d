/** Gives the desktop app's page its `window.api`: one function per call and per event of the contract, and nothing of Electron. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { CALL_NAMES, EVENT_NAMES } from '../runtime/contract/channels';

const calls = CALL_NAMES.map((name) => [name, (...args: unknown[]) => ipcRenderer.invoke(name, ...args)] as const);

const events = EVENT_NAMES.map((name) => {
  const listen = (listener: (...value: unknown[]) => void): (() => void) => {
    const receive = (_event: IpcRendererEvent, ...value: unknown[]): void => listener(...value);
    ipcRenderer.on(name, receive);
    return () => ipcRenderer.off(name, receive);
  };
  return [name, listen] as const;
});

contextBridge.exposeInMainWorld('api', { calls: Object.fromEntries(calls), events: Object.fromEntries(events) });
