import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { createSemaphore } from '#db/semaphore.ts'

/** argon2id with 19 MiB, two iterations, one lane (OWASP password storage cheat sheet). */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * At most half of libuv's four threads, because pages need the others for compression and files, and one core less than
 * available, because pages need that one.
 */
const maxConcurrentHashes = Math.max(1, Math.min(availableParallelism() - 1, 2))

/** One hash takes 20 to 40 ms; with this many waiting, the last one finishes in about two seconds. */
const hashing = createSemaphore(maxConcurrentHashes, 3_000, {
  maxWaiting: 50,
  busy: { code: 'HASHING_BUSY', message: 'Too many passwords are being checked' },
})

/**
 * The hash to store for a new password. Fails with HASHING_BUSY (answered with 503) when too many are waiting. Callers
 * check their link or code first, so that an attacker cannot trigger hashing.
 */
export function hashPassword(password: string): Promise<string> {
  return hashing(() => hash(password, options))
}

let decoy: Promise<string> | undefined

/**
 * Whether the password matches the hash. Without a hash (no such account) it takes as long as with one, so that timing
 * does not reveal accounts. Fails with HASHING_BUSY like hashPassword, whether the account exists or not.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  return hashing(async () => {
    decoy ??= hash('nobody has this password', options)
    const matches = await verify(passwordHash ?? (await decoy), password)
    return passwordHash !== null && matches
  })
}
