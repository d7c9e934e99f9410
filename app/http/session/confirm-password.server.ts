import type { AppLoadContext } from '@remix-run/node'
import { resetRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'

/** Counts password confirmations; throws the 429 Response when there were too many. */
export async function limitPasswordAttempts(userId: number): Promise<void> {
  await enforceRateLimit('password', String(userId))
}

/** After the correct password: resets the counter. */
export async function resetPasswordAttempts(userId: number): Promise<void> {
  await resetRateLimit('password', String(userId))
}

/** The response of a form whose password is wrong, as an error of that field; logged as a failed sign-in. */
export function wrongPassword(
  by: { context: AppLoadContext; userId: number },
  field: 'password' | 'current' = 'password',
) {
  logSecurityEvent(by.context, 'authn_login_fail', { userId: by.userId, reason: 'password-asked-again' })
  return { errors: { [field]: ['Incorrect password.'] } }
}
