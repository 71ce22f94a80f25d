/** Where messages for developers go; each room decides what becomes of them. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface Logger {
  log(level: LogLevel, message: string): void;
}

export const silentLogger: Logger = {
  log: () => undefined,
};
