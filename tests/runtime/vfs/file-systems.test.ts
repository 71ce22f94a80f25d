/** Runs the suite of all file systems on FAT and in memory. */

import { RamBlockDevice } from '../../../runtime/vfs/block-device';
import { FatFs } from '../../../runtime/vfs/fat-fs';
import { MemoryFs } from '../../../runtime/vfs/memory-fs';
import { describeFileSystem, type SuiteErrors } from './file-system-suite';

const errors: SuiteErrors = {
  notEmpty: 'EACCES',
  openDirectoryToWrite: 'EACCES',
  listFile: 'ENOENT',
  enterFile: 'ENOENT',
  underFile: 'ENOENT',
  mayNotRead: 'EACCES',
  exclusiveOnExisting: 'EEXIST',
  directoryOverFile: 'no error',
  beforeTheBeginning: 'no error',
};

/** A volume on a device with blocks of the given number and size. */
function makeFat(blocks: number, blockSize = 512): () => FatFs {
  return () => {
    const device = new RamBlockDevice(blocks, blockSize);
    FatFs.format(device);
    return new FatFs(device);
  };
}

describeFileSystem('FatFs on FAT12', errors, makeFat(224));
describeFileSystem('FatFs on FAT16', errors, makeFat(20000));
describeFileSystem('FatFs on FAT12 with sectors of 4096 bytes', errors, makeFat(100, 4096));
describeFileSystem('MemoryFs', { ...errors, beforeTheBeginning: 'EINVAL' }, () => new MemoryFs());
