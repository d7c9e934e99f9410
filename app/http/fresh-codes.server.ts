import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { urls } from '#app/urls.ts'
import { signedCookie } from './cookies.server.ts'
import { noStore } from './respond.server.ts'
import { sessionCookie } from './session.server.ts'

/**
 * Recovery codes on their way to the one page that shows them. They exist in clear nowhere else, and a page after
 * a redirect is the only one that knows this browser's new session.
 */
const freshCodesCookie = () => signedCookie('fresh-codes', 5 * 60)

/** 303 to the page that shows the codes, with this browser's new session. */
export async function redirectToFreshCodes({ token, codes }: { token: string; codes: string[] }) {
  const headers = new Headers(noStore)
  headers.append('set-cookie', sessionCookie(token))
  headers.append('set-cookie', await freshCodesCookie().serialize(codes))
  return redirect(urls.account.recoveryCodes(), { status: 303, headers })
}

/** The codes that came with this request, if any, and the Set-Cookie after which they are gone. */
export async function readFreshCodes(request: Request): Promise<{ codes: string[]; gone: string }> {
  const parsed = z
    .array(z.string())
    .max(20)
    .safeParse(await freshCodesCookie().parse(request.headers.get('cookie')))
  return {
    codes: parsed.success ? parsed.data : [],
    gone: await freshCodesCookie().serialize('', { maxAge: 0 }),
  }
}
