import { redirect } from '@remix-run/node'
import { cookieName, signedCookie } from '#app/http/session/cookies.server.ts'

/** A message that survives one redirect, in a cookie because a GET writes nothing to the database. */
export type Toast = {
  kind: 'success' | 'info' | 'error'
  text: string
  /** Offers to restore a removed cart line. */
  undo?: { variantId: number; quantity: number }
}

const toastCookie = () => signedCookie('toast', 60)

/** 303 to a page that then shows the message. */
export async function redirectWithToast(url: string, toast: Toast, init: { headers?: Headers } = {}) {
  return redirect(url, { status: 303, headers: await toastHeaders(toast, init.headers) })
}

/** Set-Cookie for a message that the next page, or the next revalidation of this one, shows. */
export async function toastHeaders(toast: Toast, init?: Headers): Promise<Headers> {
  const headers = new Headers(init)
  headers.append('set-cookie', await toastCookie().serialize(toast))
  return headers
}

/** The message that came with this request, and the header that clears it. */
export async function readToast(request: Request): Promise<{ toast: Toast | null; headers: Headers }> {
  const headers = new Headers()
  const cookie = request.headers.get('cookie') ?? ''
  if (!cookie.includes(`${cookieName('toast')}=`)) return { toast: null, headers }
  headers.append('set-cookie', await toastCookie().serialize('', { maxAge: 0 }))
  return { toast: (await toastCookie().parse(cookie)) as Toast | null, headers }
}

/** 404, both for absent and for not owned. */
export function orNotFound<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Response('Not found', { status: 404 })
  return value
}

/** Headers of a private page. */
export const noStore = { 'cache-control': 'no-store' }
