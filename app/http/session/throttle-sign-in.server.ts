import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { refuseUnlessAllowed } from '#app/http/server/rate-limit.ts'
import { signedCookie } from './cookies.server.ts'
import { consumeSignInAttempt, resetDelay } from '#app/domain/rate-limits/rate-limits.server.ts'

/**
 * Counts a sign-in to the account of this address, whether it exists or not; throws the 429 Response while the account
 * is delayed. A device that signed in before is counted separately, so that attempts from elsewhere neither delay the
 * owner nor lock them out (OWASP, device cookies).
 */
export async function throttleSignIn(request: Request, email: string): Promise<{ reset(): Promise<void> }> {
  const device = await readKnownDevice(request, email)
  const who = device ? ['device', device] : ['account', email]
  refuseUnlessAllowed(await consumeSignInAttempt(...who))
  return { reset: () => resetDelay(...who) }
}

/** Set-Cookie for a device whose user has just entered the correct password of this account. */
export function knownDeviceCookie(email: string): Promise<string> {
  return deviceCookie().serialize({ account: digestOf(email), device: randomUUID() })
}

async function readKnownDevice(request: Request, email: string): Promise<string | null> {
  const parsed = deviceSchema.safeParse(await deviceCookie().parse(request.headers.get('cookie')))
  return parsed.success && parsed.data.account === digestOf(email) ? parsed.data.device : null
}

const deviceSchema = z.object({ account: z.string().max(50), device: z.uuid() })

/** It grants no access, so it stays when the session ends. */
const deviceCookie = () => signedCookie('known-device', 180 * 24 * 60 * 60)

function digestOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}
