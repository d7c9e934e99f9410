import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '#env'

/**
 * Encrypts secrets that the shop has to read again: AES-256-GCM with a key derived from SESSION_SECRET (HKDF-SHA-256).
 * The first secret of the list encrypts, all of them decrypt. Layout: 1 byte version, 4 bytes key id, 12 bytes nonce,
 * ciphertext, 16 bytes tag.
 */
const version = 1
const [markLength, nonceLength, tagLength] = [5, 12, 16]

/** By how many bytes a sealed secret is longer than the secret. */
export const sealLength = markLength + nonceLength + tagLength

/**
 * Encrypts for one `place` (a table's row and column). Decryption needs the same place, so that rows cannot be swapped.
 */
export function seal(secret: Buffer, place: string): Buffer {
  const { key, mark } = deriveKey(env.sessionSecrets[0]!)
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(place))
  return Buffer.concat([mark, nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/** The decrypted secret; null when it was modified, belongs to another place, or its key is no longer configured. */
export function unseal(sealed: Buffer, place: string): Buffer | null {
  const derived = env.sessionSecrets
    .map(deriveKey)
    .find(({ mark }) => sealed.subarray(0, markLength).equals(mark))
  if (!derived || sealed.length < sealLength) return null
  const nonce = sealed.subarray(markLength, markLength + nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', derived.key, nonce, { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(-tagLength))
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(markLength + nonceLength, -tagLength)),
      decipher.final(),
    ])
  } catch {
    return null
  }
}

/** The first bytes of everything sealed with the first secret of the list. */
export function currentSealMark(): Buffer {
  return deriveKey(env.sessionSecrets[0]!).mark
}

function deriveKey(secret: string): { key: Buffer; mark: Buffer } {
  const derived = Buffer.from(hkdfSync('sha256', secret, '', 'till sealed secrets', 36))
  return { key: derived.subarray(0, 32), mark: Buffer.concat([Buffer.of(version), derived.subarray(32)]) }
}
