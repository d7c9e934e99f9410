import { log } from './log.ts'

/**
 * Events and their severity as OWASP's Logging Vocabulary Cheat Sheet names them, but for bad requests: every scanner
 * sends those all day.
 */
const levels = {
  authn_login_success: 'info',
  authn_login_fail: 'warn',
  authn_password_change: 'info',
  authn_password_change_fail: 'warn',
  authz_fail: 'warn',
  authz_change: 'warn',
  excess_rate_limit_exceeded: 'warn',
  input_validation_fail: 'info',
  session_expired: 'info',
  user_created: 'warn',
  user_updated: 'warn',
  user_deleted: 'warn',
} as const satisfies Record<string, 'info' | 'warn'>

export type SecurityEvent = keyof typeof levels

/** What a refusal with this status means as an event. */
export const refusalEvents: { [status: number]: SecurityEvent | undefined } = {
  400: 'input_validation_fail',
  403: 'authz_fail',
  429: 'excess_rate_limit_exceeded',
}

export type SecurityFacts = {
  /** Who did it, as far as that is known. */
  userId?: number | null
  /** Whom it was done to, when that is somebody else. */
  onUserId?: number
  reason?: string
  /** What was changed of a user, and to what. */
  attribute?: string
  to?: string
  factors?: number
  status?: number
  method?: string
  path?: string
}

/**
 * Writes a security event into the log. Ids only: no name, no email address, no network address; the request's id
 * leads to the rest of the log and to that of a proxy.
 */
export function logSecurityEvent(
  by: { requestId: string },
  event: SecurityEvent,
  facts: SecurityFacts,
): void {
  log[levels[event]]({ event, requestId: by.requestId, ...facts }, 'security event')
}
