import { setImmediate } from 'node:timers/promises'
import type { ErrorEvent } from '@sentry/remix'
import { redact } from '#app/domain/redact.ts'
import { env } from '#env'

type Report = { error: unknown; about: Record<string, unknown> }

/** Reports of one second. A store that fails more often is not slowed down by saying so. */
const atMost = 20
const pauseMs = 1_000

let waiting: Report[] = []

/**
 * Sends a fault to Sentry if there is a DSN, a second later: making a report takes as long as a fifth of the response
 * that waits for it. Of many faults at once, the first are reported. The SDK is loaded on the first fault, so without a
 * DSN it costs nothing.
 */
export function reportError(error: unknown, about: Record<string, unknown>) {
  if (!env.sentryDsn || waiting.length >= atMost) return
  waiting.push({ error, about })
  if (waiting.length === 1) setTimeout(() => void sendReports(env.sentryDsn!), pauseMs).unref()
}

async function sendReports(dsn: string): Promise<void> {
  const reports = waiting
  waiting = []
  const { captureException } = await client(dsn)
  for (const { error, about } of reports) {
    captureException(error, { extra: about })
    // Requests that arrived meanwhile come first.
    await setImmediate()
  }
}

let loading: Promise<typeof import('@sentry/remix')> | undefined

function client(dsn: string) {
  return (loading ??= import('@sentry/remix').then((sentry) => {
    sentry.init({
      dsn,
      sendDefaultPii: false,
      defaultIntegrations: false,
      tracesSampleRate: 0,
      beforeSend: redactEvent,
    })
    return sentry
  }))
}

/** The report as it is sent: redacted like the log, without anything about the request or its user. */
function redactEvent(event: ErrorEvent): ErrorEvent {
  const { sdkProcessingMetadata, request: _request, user: _user, breadcrumbs: _crumbs, ...rest } = event
  return { ...(redact(rest) as ErrorEvent), sdkProcessingMetadata }
}
