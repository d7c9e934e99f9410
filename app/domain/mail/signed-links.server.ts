import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '#env'

/** What a link in an email does, besides those that prove who reads it (email-links.server.ts). */
type Purpose = 'unsubscribe' | 'restore cart' | 'review order'

/**
 * The token of a link that works as often as it is used: the id of a row and its signature. It is stored nowhere, and
 * becomes invalid when the secret that signed it is removed from SESSION_SECRET.
 */
export function signLink(purpose: Purpose, id: number): string {
  return `${id}-${signatureOf(purpose, id, env.sessionSecrets[0]!)}`
}

/** The id in a token that this shop signed for the purpose; null for any other text. */
export function readSignedLink(purpose: Purpose, token: string): number | null {
  const [, digits, signature] = /^([1-9]\d{0,14})-([\w-]{43})$/.exec(token) ?? []
  if (digits === undefined || signature === undefined) return null
  const id = Number(digits)
  const isSigned = env.sessionSecrets.some((secret) =>
    timingSafeEqual(Buffer.from(signatureOf(purpose, id, secret)), Buffer.from(signature)),
  )
  return isSigned ? id : null
}

function signatureOf(purpose: Purpose, id: number, secret: string): string {
  return createHmac('sha256', secret).update(`signed link ${purpose} ${id}`).digest('base64url')
}
