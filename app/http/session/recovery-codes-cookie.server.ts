import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { urls } from '#app/urls.ts'
import { signedCookie } from './cookies.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { sessionCookie } from './session.server.ts'

/**
 * Recovery codes for the one page that shows them. They are stored in the clear nowhere else, and only the page after
 * the redirect knows this browser's new session.
 */
const recoveryCodesCookie = () => signedCookie('recovery-codes', 5 * 60)

/** 303 to the page that shows the codes, with this browser's new session. */
export async function redirectToRecoveryCodes({ token, codes }: { token: string; codes: string[] }) {
  const headers = new Headers(noStore)
  headers.append('set-cookie', sessionCookie(token))
  headers.append('set-cookie', await recoveryCodesCookie().serialize(codes))
  return redirect(urls.account.recoveryCodes(), { status: 303, headers })
}

/** The codes that came with this request, if any, and the Set-Cookie that deletes them. */
export async function readRecoveryCodesCookie(
  request: Request,
): Promise<{ codes: string[]; clearCookie: string }> {
  const parsed = z
    .array(z.string())
    .max(20)
    .safeParse(await recoveryCodesCookie().parse(request.headers.get('cookie')))
  return {
    codes: parsed.success ? parsed.data : [],
    clearCookie: await recoveryCodesCookie().serialize('', { maxAge: 0 }),
  }
}
