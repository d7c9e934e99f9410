import { log } from './log.ts'

/**
 * Event names and severities of OWASP's Logging Vocabulary Cheat Sheet, except for bad requests: scanners send those
 * all day.
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

/** The event of a refusal with this status. */
export const refusalEvents: { [status: number]: SecurityEvent | undefined } = {
  400: 'input_validation_fail',
  403: 'authz_fail',
  429: 'excess_rate_limit_exceeded',
}

export type SecurityEventDetails = {
  /** The acting user, where known. */
  userId?: number | null
  /** The affected user, when it is another one. */
  onUserId?: number
  reason?: string
  /** Which data of the user changed, and to what. */
  attribute?: string
  to?: string
  factors?: number
  status?: number
  method?: string
  path?: string
}

/**
 * Writes a security event to the log. Ids only: no name, no email address, no network address. The request id leads to
 * the rest of the log and to the log of a proxy.
 */
export function logSecurityEvent(
  by: { requestId: string },
  event: SecurityEvent,
  details: SecurityEventDetails,
): void {
  log[levels[event]]({ event, requestId: by.requestId, ...details }, 'security event')
}
