import { maxCodes } from '#app/domain/cart/cart.ts'
import type { ApplyCodeResult, CodeRefusal } from './apply-code.server.ts'

/** What a shopper reads after typing a code. */
export function codeMessage(result: ApplyCodeResult, typed: string): string {
  if (result.ok) return `${result.code} was added to your cart.`
  const messages = {
    'unknown-code': `The code ${typed.toUpperCase()} doesn’t exist.`,
    'not-started': 'This code isn’t active yet.',
    expired: 'This code has expired.',
    'used-up': 'This code has reached its limit and can’t be used anymore.',
    'too-many-codes': `You can use up to ${maxCodes} codes. Remove one first.`,
    'session-expired': 'Your session changed. Please try again.',
  } satisfies Record<CodeRefusal, string>
  return messages[result.reason]
}
