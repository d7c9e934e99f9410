import type { ErrorEvent } from '@sentry/remix'
import { redact } from '#app/domain/redact.ts'
import { env } from '#env'

/** Sends a fault to Sentry if there is a DSN. Loaded on the first fault, so that without one it costs nothing. */
export function reportError(error: unknown, about: Record<string, unknown>) {
  if (!env.sentryDsn) return
  void client(env.sentryDsn).then(({ captureException }) => captureException(error, { extra: about }))
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

/** The report as it leaves: redacted like the log, and without anything about the request or who made it. */
function redactEvent(event: ErrorEvent): ErrorEvent {
  const { sdkProcessingMetadata, request: _request, user: _user, breadcrumbs: _crumbs, ...facts } = event
  return { ...(redact(facts) as ErrorEvent), sdkProcessingMetadata }
}
