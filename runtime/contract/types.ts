/** Defines the data that crosses between a window and its host: boards, files, transfers, settings, the simulated hardware. */

/**
 * Names one board for as long as the app lives, and across runs where the hardware allows it.
 * It is opaque: `'sim'` is the simulated board; a USB board with a serial number keeps its id on whatever port it shows up.
 */
export type BoardId = string;

/** The id of the simulated board that every installation has. */
export const SIMULATED_BOARD: BoardId = 'sim';

export type BoardKind = 'simulated' | 'real';

/** The groups of the board picker, in their order. */
export type BoardGroup = 'simulated' | 'cable' | 'network' | 'remembered' | 'other';

export interface BoardInfo {
  readonly id: BoardId;
  readonly kind: BoardKind;
  readonly group: BoardGroup;
  /** “Pyboard A”, as the person named it, or a name made from the USB data; “Simulated board”. */
  readonly name: string;
  /** “A”, “B” … for a real board that was connected at least once, else null. Kept with the id. */
  readonly letter: string | null;
  /** A device path, `COM3`, `socket://HOST:PORT`, or `sim`. */
  readonly address: string;
  /** What it says of itself: “Pyboard v1.1”, “USB serial port”, or empty when nothing is known. */
  readonly description: string;
  /** Whether it can be opened now: a remembered board that is not plugged in cannot. */
  readonly present: boolean;
}

/** The boards that are known, and whether this computer could list its ports at all. */
export interface BoardList {
  readonly boards: readonly BoardInfo[];
  /** False when the system gives no list of ports; then a port's name has to be typed. */
  readonly portsListed: boolean;
}

/** What a board is busy with, as the verb of “Busy: uploading main.py, 60 %”. */
export type BusyDoing =
  'uploading' | 'downloading' | 'listing' | 'reading' | 'writing' | 'deleting' | 'renaming' | 'checking';

/** A board's state as data; `stateWords` in messages.ts is the one place that puts it in words. */
export type BoardState =
  | { readonly name: 'closed' }
  | { readonly name: 'connecting' }
  | { readonly name: 'starting' }
  | { readonly name: 'ready' }
  /** `program` is the name of the buffer or file we started, null when the board runs something of its own. */
  | { readonly name: 'running'; readonly program: string | null }
  /** `stubborn` becomes true 3 s after Stop was not obeyed. */
  | { readonly name: 'stopping'; readonly stubborn: boolean }
  | { readonly name: 'paused'; readonly line: number }
  /** `file` is null when no single file is meant; `fraction` is 0 to 1, or null when it cannot be told. */
  | { readonly name: 'busy'; readonly doing: BusyDoing; readonly file: string | null; readonly fraction: number | null }
  | { readonly name: 'raw' }
  | { readonly name: 'silent' }
  | { readonly name: 'not-micropython' }
  | { readonly name: 'lost' }
  /** The simulated board only: its thread does not react to Stop. */
  | { readonly name: 'stuck' };

/** What a window needs in order to show a board it just opened, or to show it again after a reload. */
export interface OpenBoard {
  readonly board: BoardInfo;
  readonly state: BoardState;
  /** The last output, at most 64 KB. It replaces whatever a terminal showed of this board before. */
  readonly recent: Uint8Array;
}

/** Who wrote the bytes: the board's prompt and echo (and programs the board runs by itself), our program, or our program's traceback. */
export type OutputSource = 'terminal' | 'program' | 'error';

export interface BoardOutput {
  readonly board: BoardId;
  readonly source: OutputSource;
  /** Cut anywhere, also inside a UTF-8 sequence. */
  readonly bytes: Uint8Array;
}

export interface RunRequest {
  /** Shown in “Running blink.py” and used as the file's name in our words. */
  readonly name: string;
  readonly code: string;
  /** Start from a soft reset (boot.py runs, main.py does not) rather than in the state the board is in. */
  readonly fresh: boolean;
}

/** How a run ended. `failed`: the traceback is in `traceback` and was also sent as output with the source `error`. */
export interface RunResult {
  readonly ended: 'finished' | 'failed' | 'stopped';
  readonly traceback: string;
}

/** Where files are. */
export type FilePlace = { readonly on: 'computer' } | { readonly on: 'board'; readonly board: BoardId };

export interface FileEntry {
  /** As it is to be shown; of a name that is no UTF-8, the sentence “name cannot be shown (bytes 66 f8 6f)”. */
  readonly name: string;
  /** What the calls take: absolute; the computer's own form, or `/flash/lib/a.py` on a board. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** In bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since 1970; null where it is not known. A board's clock is not trusted, so it is null there. */
  readonly modified: number | null;
}

/** One folder's contents: folders first, then by name. */
export interface FolderListing {
  readonly path: string;
  readonly name: string;
  /** Null at the top: a drive, `/`, or the root of a board. */
  readonly parent: string | null;
  readonly entries: readonly FileEntry[];
}

/** A file system of a board. */
export interface Volume {
  readonly path: string;
  /** In bytes; null when the board does not tell. */
  readonly space: { readonly size: number; readonly free: number } | null;
}

/** Where a person may begin to look for a folder when there are no native dialogs. */
export interface ComputerPlaces {
  readonly home: string;
  /** `/`, or the drives of Windows. */
  readonly roots: readonly string[];
  /** Folders opened before that still exist, last first. */
  readonly recent: readonly string[];
}

/** A file without a path of its own: dropped on the window, or an example. `name` may hold folders: `lib/a.py`, always with `/`. */
export interface LooseFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A copy between the computer and a board. Folders are copied with all they hold.
 * Exactly one of the two places is a board.
 */
export interface TransferRequest {
  readonly from: FilePlace;
  readonly paths: readonly string[];
  /** Sent to the board besides `paths`; empty for a download. */
  readonly loose: readonly LooseFile[];
  readonly to: FilePlace;
  /** The folder that receives them. */
  readonly folder: string;
}

/** What would happen to one file of a transfer. */
export interface TransferCheck {
  /** The target's path. */
  readonly path: string;
  readonly size: number;
  /** `same` is not sent; `ours` differs but is what Tether itself last put there, so nothing is lost. */
  readonly there: 'nothing' | 'same' | 'ours' | 'differs';
}

/** What to do with the files whose check said `differs`, by target path. A path that is in none of them is skipped. */
export interface TransferDecisions {
  readonly overwrite: readonly string[];
  readonly keepBoth: readonly string[];
}

/** One id per transfer, made by the window, so that it can be cancelled before anything was answered. */
export type TransferId = string;

export interface TransferProgress {
  readonly id: TransferId;
  readonly board: BoardId;
  readonly direction: 'upload' | 'download';
  /** From 1. */
  readonly file: number;
  readonly files: number;
  /** Of the file at work, relative to the receiving folder: `lib/umqtt.py`. */
  readonly name: string;
  /** Of the file at work. */
  readonly fileBytes: number;
  readonly fileSize: number;
  /** Of the whole transfer. */
  readonly bytes: number;
  readonly size: number;
  readonly bytesPerSecond: number;
}

export interface TransferResult {
  /** Files that were sent and, on a board, read back equal. */
  readonly sent: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** A text that is not saved, kept on the computer against a crash. */
export interface Draft {
  /** The window's own key for the tab. */
  readonly key: string;
  readonly place: FilePlace;
  /** Null for a file that was never saved. */
  readonly path: string | null;
  readonly name: string;
  readonly text: string;
}

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface RememberedBoard {
  readonly name: string;
  readonly letter: string;
  readonly address: string;
  readonly description: string;
}

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** Of editor and terminal, in px, 10 to 32. */
  readonly fontSize: number;
  readonly screenReader: boolean;
  readonly showHiddenFiles: boolean;
  /** “Start each run from a fresh board”. */
  readonly freshRun: boolean;
  /** “Always stop it; do not ask again”. */
  readonly stopWithoutAsking: boolean;
  /** The last target; null before the first start. */
  readonly target: BoardId | null;
  /** The open folder on this computer. */
  readonly folder: string | null;
  readonly recentFolders: readonly string[];
  readonly boards: { readonly [id: BoardId]: RememberedBoard };
  /** The window's own: pane sizes, open tabs. The host keeps it and does not look inside. */
  readonly layout: { readonly [key: string]: Json };
}

export interface AppInfo {
  readonly name: string;
  readonly version: string;
  readonly host: 'desktop' | 'browser';
  readonly platform: 'linux' | 'mac' | 'windows';
  /** Versions for “About” and for reports, by name: electron, chrome, node. */
  readonly versions: { readonly [name: string]: string };
  /** Whether `computer:choose…` open a native dialog. Without, a window draws its own with `files:list` and `computer:places`. */
  readonly nativeDialogs: boolean;
}

/** What the renderer tells the native menu, by command id; what is absent stays as it was. */
export interface MenuState {
  readonly enabled: { readonly [command: string]: boolean };
  readonly checked: { readonly [command: string]: boolean };
  /** Titles that name the target: “Run on Pyboard A”. */
  readonly titles: { readonly [command: string]: string };
}

export type PinMode = 'unused' | 'input' | 'output' | 'open-drain' | 'analogue' | 'pwm' | 'alternate';

/** What the panel drives on an input pin. */
export type PinInput = 'floating' | 'low' | 'high';

export interface PinSnapshot {
  /** The board's name: X1 … X12, X17 … X22, Y1 … Y12. */
  readonly name: string;
  /** The chip's name: PA0. */
  readonly cpu: string;
  readonly mode: PinMode;
  readonly pull: 'none' | 'up' | 'down';
  readonly level: 0 | 1;
  readonly input: PinInput;
}

/** The simulated board's outside at one moment. */
export interface HardwareSnapshot {
  readonly board: BoardId;
  /** Intensity 0 to 255 of the LEDs 1 red, 2 green, 3 yellow, 4 blue. */
  readonly leds: readonly [number, number, number, number];
  readonly switchPressed: boolean;
  /** Raw counts, −32 to 31 each; one g is 21 counts. */
  readonly accel: { readonly x: number; readonly y: number; readonly z: number };
  /** The analogue pins the program opened: 0 to 4095 is 0 to 3.3 V. */
  readonly adc: readonly { readonly pin: string; readonly value: number }[];
  readonly pins: readonly PinSnapshot[];
  /** In bytes; the board counts in the way of a real one, it does not measure this computer. */
  readonly memory: { readonly used: number; readonly total: number };
}

/** What the panel does to the simulated board. All work while a program runs and at the prompt. */
export type PanelInput =
  | { readonly kind: 'switch'; readonly pressed: boolean }
  /** The RST button. */
  | { readonly kind: 'reset' }
  /** Raw counts, −32 to 31. */
  | { readonly kind: 'accel'; readonly x: number; readonly y: number; readonly z: number }
  /** 0 to 4095. */
  | { readonly kind: 'adc'; readonly pin: string; readonly value: number }
  | { readonly kind: 'pin'; readonly pin: string; readonly input: PinInput };
