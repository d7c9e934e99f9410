import { createCookie } from '@remix-run/node'
import { z } from 'zod'
import { urls } from '#app/urls.ts'
import { env } from '#env'

/**
 * Recovery codes on their way to the one page that shows them. They exist in clear nowhere else, and a page after
 * a redirect is the only one that knows this browser's new session.
 */
const freshCodesCookie = () =>
  createCookie('fresh-codes', {
    // Also where script asks for the page: its address ends with ".data" then.
    path: urls.account.twoFactor(),
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 5 * 60,
    secure: env.appOrigin.startsWith('https:'),
    secrets: env.sessionSecrets,
  })

/** Set-Cookie that takes the codes to the page. */
export function freshCodes(codes: string[]): Promise<string> {
  return freshCodesCookie().serialize(codes)
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
