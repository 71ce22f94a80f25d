/** Defines the flash of a pyboard v1.1 as MicroPython presents it: a disk with one partition, and the files of a new board. */

import { encodeUtf8 } from '../bytes/utf8';
import type { BlockDevice } from './block-device';
import { BlockIoctl } from './block-device';
import { Errno } from './errno';
import { FatFs, type FatOptions } from './fat-fs';
import { writeFile } from './filesystem';

export const flashBlockSize = 512;
/** 112 KiB: flash sectors 1 to 4 of the processor, 16 + 16 + 16 + 64 KiB. */
export const flashBlockCount = 224;
/** Where they begin in the disk that MicroPython and USB see. */
export const flashPartitionStart = 256;

const volumeLabel = 'pybflash';
const fat12Partition = 0x01;

/**
 * The disk that `pyb.Flash()` without arguments is, and that a computer sees over USB: a partition table that exists
 * nowhere, blocks of zeros, and from block 256 on the flash itself. What is written before that block is lost silently.
 */
export class PyboardFlash implements BlockDevice {
  /** @param storage the flash: 224 blocks of 512 bytes */
  constructor(readonly storage: BlockDevice) {}

  readblocks(block: number, buffer: Uint8Array): number {
    return this.eachBlock(block, buffer, (index, piece) => {
      if (index >= flashPartitionStart) return this.storage.readblocks(index - flashPartitionStart, piece);
      piece.fill(0);
      if (index === 0) writePartitionTable(piece);
      return 0;
    });
  }

  writeblocks(block: number, buffer: Uint8Array): number {
    return this.eachBlock(block, buffer, (index, piece) =>
      index < flashPartitionStart
        ? 0
        : (this.storage.writeblocks?.(index - flashPartitionStart, piece) ?? -Errno.EROFS),
    );
  }

  ioctl(operation: number, argument: number): number | undefined {
    if (operation === BlockIoctl.blockCount) return flashPartitionStart + flashBlockCount;
    if (operation === BlockIoctl.blockSize) return flashBlockSize;
    return this.storage.ioctl(operation, argument);
  }

  private eachBlock(block: number, buffer: Uint8Array, move: (index: number, piece: Uint8Array) => number): number {
    for (let offset = 0; offset < buffer.length; offset += flashBlockSize, block++) {
      if (block >= flashPartitionStart + flashBlockCount) return -Errno.EIO;
      const error = move(block, buffer.subarray(offset, offset + flashBlockSize));
      if (error !== 0) return error;
    }
    return 0;
  }
}

/** Formats the flash and writes the files of a new board: what holding USR at reset does in its third mode. */
export function createFactoryFiles(flash: PyboardFlash, options: FatOptions = {}): FatFs {
  FatFs.format(flash, { ...options, kind: 'partition', label: volumeLabel });
  const files = new FatFs(flash, options);
  for (const [name, lines] of Object.entries(factoryFiles)) {
    writeFile(files, `/${name}`, encodeUtf8(lines.map((line) => `${line}\r\n`).join('')));
  }
  return files;
}

/** The file system of the flash. Where nothing can be mounted, a new one with the factory files. */
export function openPyboardFlash(flash: PyboardFlash, options: FatOptions = {}): { files: FatFs; created: boolean } {
  const files = new FatFs(flash, options);
  if (files.formatted) return { files, created: false };
  return { files: createFactoryFiles(flash, options), created: true };
}

function writePartitionTable(sector: Uint8Array): void {
  const view = new DataView(sector.buffer, sector.byteOffset, sector.length);
  const entry = 446;
  view.setUint8(entry + 4, fat12Partition);
  // The end in cylinders, heads and sectors has no meaning here.
  sector.fill(0xff, entry + 5, entry + 8);
  view.setUint32(entry + 8, flashPartitionStart, true);
  view.setUint32(entry + 12, flashBlockCount, true);
  view.setUint16(510, 0xaa55, true);
}

const factoryFiles: Record<string, readonly string[]> = {
  'boot.py': [
    '# boot.py: runs first, at every start of the board.',
    '# Set up USB and the file system here; your program belongs in main.py.',
    '',
    'import machine',
    'import pyb',
    "#pyb.main('main.py')  # another name here makes another file the main program",
    "#pyb.usb_mode('VCP+MSC')  # be a serial port and a disk",
    "#pyb.usb_mode('VCP+HID')  # be a serial port and a mouse",
  ],
  'main.py': ['# main.py: your program goes here.'],
  'pybcdc.inf': [
    '; Tells Windows 7 and 8 that the serial port of this board needs no driver but its own usbser.sys.',
    '; Windows 10 and later find that out by themselves.',
    '',
    '[Version]',
    'Signature="$Windows NT$"',
    'Class=Ports',
    'ClassGuid={4D36E978-E325-11CE-BFC1-08002BE10318}',
    'Provider=%Maker%',
    'DriverVer=01/01/2024,1.0.0.0',
    '',
    '[Manufacturer]',
    '%Maker%=Boards,NTx86,NTamd64',
    '',
    '[Boards.NTx86]',
    '%Board%=SerialPort,USB\\VID_F055&PID_9800&MI_00',
    '%Board%=SerialPort,USB\\VID_F055&PID_9801&MI_00',
    '%Board%=SerialPort,USB\\VID_F055&PID_9802',
    '',
    '[Boards.NTamd64]',
    '%Board%=SerialPort,USB\\VID_F055&PID_9800&MI_00',
    '%Board%=SerialPort,USB\\VID_F055&PID_9801&MI_00',
    '%Board%=SerialPort,USB\\VID_F055&PID_9802',
    '',
    '[SerialPort]',
    'Include=mdmcpq.inf',
    'CopyFiles=FakeModemCopyFileSection',
    'AddReg=SerialPort.Registry',
    '',
    '[SerialPort.Registry]',
    'HKR,,NTMPDriver,,usbser.sys',
    'HKR,,EnumPropPages32,,"MsPorts.dll,SerialPortPropPageProvider"',
    '',
    '[SerialPort.Services]',
    'AddService=usbser,0x00000002,SerialPort.Service',
    '',
    '[SerialPort.Service]',
    'DisplayName=%Board%',
    'ServiceType=1',
    'StartType=3',
    'ErrorControl=1',
    'ServiceBinary=%12%\\usbser.sys',
    '',
    '[Strings]',
    'Maker="MicroPython"',
    'Board="Pyboard serial port"',
  ],
  'README.txt': [
    'This small disk is inside your MicroPython board.',
    '',
    'The board runs boot.py and then main.py each time it starts. Open main.py, write',
    'Python into it, save it, eject the disk and press RST: your program runs.',
    '',
    'To talk to Python itself, open the serial port of the board:',
    ' - Windows: a COM port in the Device Manager, with PuTTY or another terminal.',
    '   If it is shown as unknown, give it pybcdc.inf from this disk as its driver.',
    ' - macOS: screen /dev/tty.usbmodem*',
    ' - Linux: screen /dev/ttyACM0',
    '',
    'The documentation is at https://docs.micropython.org/',
  ],
};
