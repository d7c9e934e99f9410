import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { createGate } from '#db/gate.ts'

/** argon2id with 19 MiB, two passes, one lane (OWASP password storage cheat sheet). */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * Half of libuv's four threads at most, because pages need the others for compression and files, and one core less
 * than there are, because pages need that one.
 */
const maxHashesAtOnce = Math.max(1, Math.min(availableParallelism() - 1, 2))

/** One hash takes 20 to 40 ms; with so many waiting, the last one is through in about two seconds. */
const hashing = createGate(maxHashesAtOnce, 3_000, {
  maxWaiting: 50,
  busy: { code: 'HASHING_BUSY', message: 'Too many passwords are being checked' },
})

/**
 * The hash to store for a new password. Fails with HASHING_BUSY, which becomes a 503, when too many are waiting.
 * Callers look at their link or code first: hashing is what an attacker would make us do.
 */
export function hashPassword(password: string): Promise<string> {
  return hashing(() => hash(password, options))
}

let decoy: Promise<string> | undefined

/**
 * Whether the password belongs to the hash. Without a hash (no such account) it works as long as with one, so that
 * time does not tell who has an account. Fails with HASHING_BUSY like hashPassword, known account or not.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  return hashing(async () => {
    decoy ??= hash('nobody has this password', options)
    const matches = await verify(passwordHash ?? (await decoy), password)
    return passwordHash !== null && matches
  })
}
