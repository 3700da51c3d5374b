import { createCipheriv, createDecipheriv, createHmac, randomFillSync, scryptSync } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
/** Length of a digest, in bytes. */
const digestBytes = 16;

/** Keys that are derived from a secret. */
export interface Keys {
  /** Computes a digest that nobody can compute without the secret. */
  digest(text: string): Buffer;
  /**
   * Encrypts a text.
   *
   * @param place name of the place where the result is stored. The text can be decrypted only with the same name
   */
  seal(text: string, place: string): Buffer;
  /** Decrypts a text. Returns `undefined` if it was changed, or sealed for another place or under another secret. */
  unseal(sealed: Uint8Array, place: string): string | undefined;
}

/** The derived bytes of each secret and salt. Deriving them is slow by design. */
const derived = new Map<string, Buffer>();

function derive(secret: string, salt: Uint8Array): Buffer {
  const name = `${Buffer.from(salt).toString('hex')} ${secret}`;
  const bytes = derived.get(name) ?? scryptSync(secret, salt, 64);
  derived.set(name, bytes);
  return bytes;
}

/** Creates the function that returns initialization vectors. Reads random bytes in blocks, which is faster. */
function createIvs(): () => Uint8Array {
  const block = new Uint8Array(ivBytes * 256);
  let at = block.length;
  return () => {
    if (at === block.length) {
      randomFillSync(block);
      at = 0;
    }
    return block.slice(at, (at += ivBytes));
  };
}

const nextIv = createIvs();

/** Derives the keys from a secret and a salt. */
export function keysOf(secret: string, salt: Uint8Array): Keys {
  const bytes = derive(secret, salt);
  const sealKey = bytes.subarray(0, 32);
  const digestKey = bytes.subarray(32);
  return {
    digest: (text) => createHmac('sha256', digestKey).update(text).digest().subarray(0, digestBytes),
    seal: (text, place) => {
      const iv = nextIv();
      const cipher = createCipheriv(algorithm, sealKey, iv).setAAD(Buffer.from(place));
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    unseal: (sealed, place) => {
      const ivEnd = Math.min(ivBytes, sealed.length);
      const tagStart = Math.max(ivEnd, sealed.length - tagBytes);
      try {
        const decipher = createDecipheriv(algorithm, sealKey, sealed.subarray(0, ivEnd), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(tagStart));
        return Buffer.concat([decipher.update(sealed.subarray(ivEnd, tagStart)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        return undefined;
      }
    },
  };
}
