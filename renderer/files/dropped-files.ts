/** Defines how files that were dropped on the window from the system are read, folders with all they hold. */
import { type LooseFile } from '../../runtime/contract/types';

/** Has to be called while the drop event is handled: afterwards the system takes the list away. */
export async function droppedFiles(transfer: DataTransfer): Promise<LooseFile[]> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  // What is no file of the disk, such as an attachment dragged out of a mail, has no entry.
  const others = items.filter((item) => item.webkitGetAsEntry() === null).map((item) => item.getAsFile());
  const files = await readEntries(entries);
  for (const file of others) {
    if (file !== null) files.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  return files;
}

async function readEntries(entries: readonly FileSystemEntry[]): Promise<LooseFile[]> {
  const files: LooseFile[] = [];
  for (const entry of entries) {
    // A path in the dropped tree begins with a slash.
    if (entry.isFile)
      files.push({ name: entry.fullPath.slice(1), bytes: await readFile(entry as FileSystemFileEntry) });
    else files.push(...(await readEntries(await readFolder(entry as FileSystemDirectoryEntry))));
  }
  return files;
}

async function readFile(entry: FileSystemFileEntry): Promise<Uint8Array> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  return new Uint8Array(await file.arrayBuffer());
}

/** A reader gives a folder in portions, and an empty one at the end. */
async function readFolder(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
