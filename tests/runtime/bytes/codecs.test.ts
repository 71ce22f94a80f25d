import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../runtime/bytes/base64';
import { toHex } from '../../../runtime/bytes/bytes';
import { Sha256, sha256 } from '../../../runtime/bytes/sha256';

describe('SHA-256', () => {
  test('agrees with another implementation at every length around the block size', () => {
    for (let length = 0; length <= 130; length++) {
      const bytes = randomBytes(length);
      expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  test('does not depend on how its input is cut', () => {
    const bytes = randomBytes(1000);
    const hash = new Sha256();
    for (let at = 0; at < bytes.length; at += 37) hash.update(bytes.subarray(at, at + 37));
    expect(toHex(hash.digest())).toBe(toHex(sha256(bytes)));
  });
});

describe('base64', () => {
  test('agrees with another implementation both ways', () => {
    for (let length = 0; length <= 70; length++) {
      const bytes = randomBytes(length);
      expect(encodeBase64(bytes)).toBe(bytes.toString('base64'));
      expect(decodeBase64(Buffer.from(bytes.toString('base64')))).toEqual(new Uint8Array(bytes));
    }
  });

  test('refuses what is no base64', () => {
    expect(decodeBase64(Buffer.from('abc'))).toBeUndefined();
    expect(decodeBase64(Buffer.from('ab*='))).toBeUndefined();
    expect(decodeBase64(Buffer.from([0x80, 65, 65, 65]))).toBeUndefined();
  });
});
