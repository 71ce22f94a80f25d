/**
 * Defines `checkFat`: finds what is wrong with a FAT image. It shares nothing with the file system under test, so that
 * a misunderstanding there is not repeated here.
 */

export type FatProblem =
  | 'lost clusters'
  | 'cross-linked'
  | 'broken chain'
  | 'chain too short'
  | 'chain too long'
  | 'bad dot entries'
  | 'orphaned long name'
  | 'duplicate name'
  | 'FAT copies differ'
  | 'wrong free count';

export interface FatReport {
  /** Every problem with what it is about. */
  readonly problems: { readonly problem: FatProblem; readonly about: string }[];
  /** Every file with its size, every directory with -1, by path with short names. */
  readonly files: Map<string, number>;
  readonly type: 12 | 16 | 32;
  readonly freeClusters: number;
}

interface Disk {
  readonly image: Uint8Array;
  readonly view: DataView;
  readonly type: 12 | 16 | 32;
  readonly clusterBytes: number;
  readonly clusterCount: number;
  readonly fat: number;
  readonly data: number;
}

/** @param start where the volume begins in the image, in bytes */
export function checkFat(image: Uint8Array, start = 0): FatReport {
  const view = new DataView(image.buffer, image.byteOffset + start, image.length - start);
  const sectorSize = view.getUint16(11, true);
  const reserved = view.getUint16(14, true);
  const copies = view.getUint8(16);
  const rootSlots = view.getUint16(17, true);
  const sectors = view.getUint16(19, true) || view.getUint32(32, true);
  const fatSectors = view.getUint16(22, true) || view.getUint32(36, true);
  const clusterSectors = view.getUint8(13);
  const rootStart = (reserved + copies * fatSectors) * sectorSize;
  const data = rootStart + rootSlots * 32;
  const clusterCount = Math.floor((sectors - data / sectorSize) / clusterSectors);
  const type = clusterCount < 4086 ? 12 : clusterCount < 65526 ? 16 : 32;
  const disk: Disk = {
    image: image.subarray(start),
    view,
    type,
    clusterBytes: clusterSectors * sectorSize,
    clusterCount,
    fat: reserved * sectorSize,
    data,
  };

  const problems: { problem: FatProblem; about: string }[] = [];
  const files = new Map<string, number>();
  const owner = new Map<number, string>();
  const report = (problem: FatProblem, about: string): void => void problems.push({ problem, about });

  function chain(first: number, about: string): number[] {
    const clusters: number[] = [];
    for (let cluster = first; cluster !== 0;) {
      if (cluster < 2 || cluster >= clusterCount + 2) {
        report('broken chain', about);
        break;
      }
      const other = owner.get(cluster);
      if (other !== undefined) {
        report('cross-linked', `${about} and ${other}`);
        break;
      }
      owner.set(cluster, about);
      clusters.push(cluster);
      const next = fatEntry(disk, cluster);
      if (next === 0 || next === 1) {
        report('broken chain', about);
        break;
      }
      cluster = isEnd(type, next) ? 0 : next;
    }
    return clusters;
  }

  function directory(path: string, bytes: Uint8Array, self: number, parent: number): void {
    const names = new Set<string>();
    const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let longParts = 0;
    let longSum = -1;
    let dots = 0;
    for (let offset = 0; offset < bytes.length; offset += 32) {
      const mark = at.getUint8(offset);
      if (mark === 0) break;
      const attributes = at.getUint8(offset + 11);
      if (mark !== 0xe5 && attributes === 0x0f) {
        const sum = at.getUint8(offset + 13);
        const order = mark & 0x3f;
        const continues = mark & 0x40 ? longParts === 0 : order === longParts - 1 && sum === longSum;
        if (!continues) report('orphaned long name', `${path}#${offset / 32}`);
        longParts = order;
        longSum = sum;
        continue;
      }
      const short = bytes.subarray(offset, offset + 11);
      const fits = longParts === 1 && mark !== 0xe5 && sumOf(short) === longSum;
      if (longParts > 0 && !fits) report('orphaned long name', `${path}#${offset / 32}`);
      longParts = 0;
      if (mark === 0xe5 || attributes & 0x08) continue;
      const name = shortName(short);
      const first = at.getUint16(offset + 26, true) + (type === 32 ? at.getUint16(offset + 20, true) * 0x10000 : 0);
      if (mark === 0x2e) {
        dots++;
        if (first !== (name === '.' ? self : parent)) report('bad dot entries', path);
        continue;
      }
      const child = `${path}/${name}`;
      if (names.has(name)) report('duplicate name', child);
      names.add(name);
      const size = at.getUint32(offset + 28, true);
      const clusters = chain(first, child);
      if (attributes & 0x10) {
        files.set(child, -1);
        directory(child, join(disk, clusters), first, self);
        continue;
      }
      files.set(child, size);
      const needed = Math.ceil(size / disk.clusterBytes);
      if (clusters.length < needed) report('chain too short', child);
      if (clusters.length > needed) report('chain too long', child);
    }
    if (self !== 0 && dots !== 2) report('bad dot entries', path);
  }

  if (type === 32) directory('', join(disk, chain(view.getUint32(44, true), '/')), 0, 0);
  else directory('', disk.image.subarray(rootStart, data), 0, 0);

  let free = 0;
  const lost: number[] = [];
  for (let cluster = 2; cluster < clusterCount + 2; cluster++) {
    if (fatEntry(disk, cluster) === 0) free++;
    else if (!owner.has(cluster)) lost.push(cluster);
  }
  if (lost.length > 0) report('lost clusters', `${lost.length}: ${lost.slice(0, 5).join(' ')}`);
  for (let copy = 1; copy < copies; copy++) {
    const length = fatSectors * sectorSize;
    const first = disk.image.subarray(disk.fat, disk.fat + length);
    const second = disk.image.subarray(disk.fat + copy * length, disk.fat + (copy + 1) * length);
    if (first.some((byte, index) => byte !== second[index])) report('FAT copies differ', `copy ${copy}`);
  }
  if (type === 32) {
    const recorded = view.getUint32(view.getUint16(48, true) * sectorSize + 488, true);
    if (recorded !== 0xffffffff && recorded !== free) report('wrong free count', `${recorded}, not ${free}`);
  }
  return { problems, files, type, freeClusters: free };
}

function fatEntry({ view, type, fat }: Disk, cluster: number): number {
  if (type === 16) return view.getUint16(fat + cluster * 2, true);
  if (type === 32) return view.getUint32(fat + cluster * 4, true) % 0x10000000;
  const pair = view.getUint16(fat + Math.floor(cluster * 1.5), true);
  return cluster % 2 === 0 ? pair % 4096 : Math.floor(pair / 16);
}

function isEnd(type: 12 | 16 | 32, entry: number): boolean {
  return entry >= { 12: 0xff8, 16: 0xfff8, 32: 0xffffff8 }[type];
}

function join(disk: Disk, clusters: number[]): Uint8Array {
  const bytes = new Uint8Array(clusters.length * disk.clusterBytes);
  clusters.forEach((cluster, index) => {
    const from = disk.data + (cluster - 2) * disk.clusterBytes;
    bytes.set(disk.image.subarray(from, from + disk.clusterBytes), index * disk.clusterBytes);
  });
  return bytes;
}

function sumOf(short: Uint8Array): number {
  return short.reduce((sum, byte) => (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff, 0);
}

function shortName(short: Uint8Array): string {
  const text = String.fromCharCode(...short);
  const extension = text.slice(8).trimEnd();
  return text.slice(0, 8).trimEnd() + (extension === '' ? '' : `.${extension}`);
}
