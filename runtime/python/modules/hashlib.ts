/** The hashlib module. */
import { Sha256 } from '../../bytes/sha256';
import { makeBytes } from '../objects/bytes';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, ObjectBase, type PyObject } from '../objects/object';
import { valueError } from '../objects/raise';
import { defineType, type PyType } from '../objects/type';
import { bytesArgument } from './arguments';
import { Md5, Sha1 } from './old-hashes';

interface Hash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** A hash that is being fed; after `digest()` it takes no more. */
class PyHash extends ObjectBase {
  private final = false;

  constructor(private readonly hash: Hash) {
    super();
  }

  update(data: PyObject): void {
    this.checkOpen();
    this.hash.update(bytesArgument(data));
  }

  digest(): PyObject {
    this.checkOpen();
    this.final = true;
    return makeBytes(this.hash.digest());
  }

  private checkOpen(): void {
    if (this.final) throw valueError('hash is final');
  }
}

function hash_update(self: PyHash, data: PyObject): PyObject {
  self.update(data);
  return None;
}

/** Each kind is a type of its own. */
function hashType(name: string, make: () => Hash): PyType {
  class Kind extends PyHash {}
  const hash_make = (data?: PyObject): PyObject => {
    const hash = new Kind(make());
    if (data !== undefined) hash.update(data);
    return hash;
  };
  return defineType({
    name,
    proto: Kind.prototype,
    make: [`${name}(data=b"", /)`, hash_make],
    methods: [
      ['update(self, data, /)', hash_update],
      ['digest(self, /)', (self: PyHash) => self.digest()],
    ],
  });
}

const sha256 = hashType('sha256', () => new Sha256());
const sha1 = hashType('sha1', () => new Sha1());
const md5 = hashType('md5', () => new Md5());

export function createHashlib(interpreter: { readonly profile: 'host' | 'board' }): PyModule {
  const rows: ModuleRow[] = [['sha256', sha256, 'value']];
  if (interpreter.profile === 'host') rows.push(['sha1', sha1, 'value'], ['md5', md5, 'value']);
  return defineModule('hashlib', rows);
}
