import { forgiveTries, limitTries } from './rate-limit.ts'

/** Counts tries of the password that is asked again; throws a 429 Response when there were too many. */
export async function limitPasswordTries(userId: number): Promise<void> {
  await limitTries('password', String(userId))
}

/** After the right password: earlier tries no longer count. */
export async function forgivePasswordTries(userId: number): Promise<void> {
  await forgiveTries('password', String(userId))
}

/** The answer of a form whose password is not the person's, as an error of that field. */
export function wrongPassword(field: 'password' | 'current' = 'password') {
  return { errors: { [field]: ['This is not your password.'] } }
}
