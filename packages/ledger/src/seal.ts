import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

/** Encrypts and decrypts texts under one key. */
export interface Seal {
  readonly seal: (text: string) => string;
  /** @throws an error if the text was changed or was sealed under another key */
  readonly unseal: (sealed: string) => string;
}

/** Latest derived key. Deriving a key is slow by design, and a program may open the same journal again. */
let latest: { readonly secret: string; readonly salt: string; readonly key: Buffer } | undefined;

function deriveKey(secret: string, salt: string): Buffer {
  if (latest?.secret !== secret || latest.salt !== salt)
    latest = { secret, salt, key: scryptSync(secret, salt, 32) };
  return latest.key;
}

/** Creates a seal (AES-256-GCM) whose key is derived from a secret and a salt. */
export function createSeal(secret: string, salt: string): Seal {
  const key = deriveKey(secret, salt);
  return {
    seal: (text) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      );
    },
    unseal: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
    },
  };
}
