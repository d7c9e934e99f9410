import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { signedCookie } from './cookies.server.ts'
import { delayTries, forgiveDelay } from './rate-limit.ts'

/**
 * Counts a sign-in to the account of this address, whether there is one or not; throws the 429 Response while the
 * account is slowed down. A device on which its password was right before is counted by itself: what others try
 * elsewhere neither slows its owner down nor locks them out (OWASP, device cookies).
 */
export async function paceSignIn(request: Request, email: string): Promise<{ forgive(): Promise<void> }> {
  const device = await readKnownDevice(request, email)
  const who = device ? ['device', device] : ['account', email]
  await delayTries(...who)
  return { forgive: () => forgiveDelay(...who) }
}

/** Set-Cookie for a device whose user has just shown that the account of this address is theirs. */
export function knownDeviceCookie(email: string): Promise<string> {
  return deviceCookie().serialize({ account: digestOf(email), device: randomUUID() })
}

async function readKnownDevice(request: Request, email: string): Promise<string | null> {
  const parsed = deviceSchema.safeParse(await deviceCookie().parse(request.headers.get('cookie')))
  return parsed.success && parsed.data.account === digestOf(email) ? parsed.data.device : null
}

const deviceSchema = z.object({ account: z.string().max(50), device: z.uuid() })

/** It opens nothing, so it stays when the session ends. */
const deviceCookie = () => signedCookie('known-device', 180 * 24 * 60 * 60)

function digestOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}
