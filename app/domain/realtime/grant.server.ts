import { createHmac, timingSafeEqual } from 'node:crypto'
import { isPublic } from './topics.ts'

/**
 * What a page may subscribe to: created by its loader, sent by the browser when it opens the stream. `position` is that
 * of the announcements before the loader read. Without a session only public topics can be granted.
 */
export type Grant = {
  sessionId: number | null
  position: string
  /** A topic can include the version that the page shows: "cart:7@3". */
  topics: string[]
}

/** Well below the fifteen minutes for which an ended session may at most be accepted. */
export const grantMs = 14 * 60_000

/** The signature at the end of a grant's text; it differs per session and secret. */
export const signatureLength = 32

/**
 * The grant as URL-safe text: expiry, position, session, topics, signature. `token` is the secret of the session's
 * cookie, so that the grant is invalid in another browser.
 */
export function signGrant(grant: Grant, by: { secret: string; token: string | null; now: number }): string {
  const { sessionId, position, topics } = grant
  if (sessionId === null && !topics.map(topicName).every(isPublic))
    throw new Error(`A session is required to subscribe to ${topics.join(', ')}`)
  const expires = Math.floor((by.now + grantMs) / 1000)
  const text = [expires, position, sessionId ?? '', topics.join(',')].join('~')
  return `${text}~${signatureOf(text, by.secret, sessionId === null ? null : by.token)}`
}

/** The grant in a text; null when it has expired, was modified, or was made for another session than the cookie's. */
export function readGrant(
  text: string,
  by: { secrets: string[]; token: string | null; now: number },
): Grant | null {
  const [expires = '', position = '', session = '', topics = '', signature = ''] = text.split('~')
  const sessionId = session === '' ? null : Number(session)
  const signed = [expires, position, session, topics].join('~')
  const token = sessionId === null ? null : by.token
  if (sessionId !== null && token === null) return null
  if (!by.secrets.some((secret) => isSame(signature, signatureOf(signed, secret, token)))) return null
  if (Number(expires) * 1000 <= by.now) return null
  return { sessionId, position, topics: topics.split(',').filter(Boolean) }
}

/** The topic without the version. */
export function topicName(topic: string): string {
  return topic.split('@')[0]!
}

function signatureOf(text: string, secret: string, token: string | null): string {
  return createHmac('sha256', secret)
    .update(`live ${token ?? ''} ${text}`)
    .digest('base64url')
    .slice(0, signatureLength)
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
