import type { ErrorEvent } from '@sentry/remix'
import { redact } from '#app/domain/redact.ts'
import { env } from '#env'

/**
 * Sends a fault to Sentry if there is a DSN. The SDK is loaded on the first fault, so without one it costs nothing.
 */
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

/** The report as it is sent: redacted like the log, without anything about the request or its user. */
function redactEvent(event: ErrorEvent): ErrorEvent {
  const { sdkProcessingMetadata, request: _request, user: _user, breadcrumbs: _crumbs, ...rest } = event
  return { ...(redact(rest) as ErrorEvent), sdkProcessingMetadata }
}
