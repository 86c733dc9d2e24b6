import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

import { MlopsError } from '../../domain/errors.ts'

const PLAIN = 0
const AES_256_GCM = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/** Puts secrets into bytes for the store, and gets them out. */
export interface SecretBox {
  /** @param owner - whose secret it is: it opens for no other */
  readonly seal: (secret: string, owner: string) => Uint8Array
  /** @throws MlopsError `mlops/invalid-state` where the key is missing or another one */
  readonly open: (sealed: Uint8Array, owner: string) => string
}

/**
 * Encrypts by AES-256-GCM under the SHA-256 of the key; without one, secrets are stored as they are, protected by the
 * file's permissions alone.
 * @param key - at least 16 characters @throws MlopsError `mlops/invalid-options` for a shorter one
 */
export function createSecretBox(key?: string): SecretBox {
  if (key !== undefined && key.length < 16)
    throw new MlopsError('mlops/invalid-options', 'the key for secrets must have at least 16 characters')
  const derived = key === undefined ? undefined : createHash('sha256').update(key).digest()
  return {
    seal: (secret, owner) => (derived === undefined ? plain(secret) : encrypt(secret, owner, derived)),
    open: (sealed, owner) => {
      if (sealed[0] === PLAIN) return Buffer.from(sealed.subarray(1)).toString()
      if (derived === undefined) throw unreadable('no key is given')
      return decrypt(Buffer.from(sealed), owner, derived)
    },
  }
}

function plain(secret: string): Uint8Array {
  return Buffer.concat([Buffer.of(PLAIN), Buffer.from(secret)])
}

function encrypt(secret: string, owner: string, key: Buffer): Uint8Array {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(AES_256_GCM), iv, cipher.getAuthTag(), text])
}

function decrypt(sealed: Buffer, owner: string, key: Buffer): string {
  const text = 1 + IV_BYTES + TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(owner)).setAuthTag(sealed.subarray(1 + IV_BYTES, text))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(text)), decipher.final()]).toString()
  } catch (error) {
    throw unreadable('the key is another one than it was stored under', error)
  }
}

function unreadable(problem: string, cause?: unknown): MlopsError {
  return new MlopsError(
    'mlops/invalid-state',
    `a stored secret cannot be read: ${problem}`,
    { entity: 'webhook' },
    cause,
  )
}
