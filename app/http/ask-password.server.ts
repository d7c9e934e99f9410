import type { AppLoadContext } from '@remix-run/node'
import { forgiveTries, limitTries } from './rate-limit.ts'
import { logSecurityEvent } from './security-events.ts'

/** Counts tries of the password that is asked again; throws a 429 Response when there were too many. */
export async function limitPasswordTries(userId: number): Promise<void> {
  await limitTries('password', String(userId))
}

/** After the right password: earlier tries no longer count. */
export async function forgivePasswordTries(userId: number): Promise<void> {
  await forgiveTries('password', String(userId))
}

/** The answer of a form whose password is not the user's, as an error of that field; logged as a failed sign-in. */
export function wrongPassword(
  by: { context: AppLoadContext; userId: number },
  field: 'password' | 'current' = 'password',
) {
  logSecurityEvent(by.context, 'authn_login_fail', { userId: by.userId, reason: 'password-asked-again' })
  return { errors: { [field]: ['This is not your password.'] } }
}
