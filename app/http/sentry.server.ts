import { env } from '#env'

/** Sends a fault to Sentry if there is a DSN. Loaded on the first fault, so that without one it costs nothing. */
export function reportError(error: unknown, about: Record<string, unknown>) {
  if (!env.sentryDsn) return
  void client(env.sentryDsn).then(({ captureException }) => captureException(error, { extra: about }))
}

let loading: Promise<typeof import('@sentry/remix')> | undefined

function client(dsn: string) {
  return (loading ??= import('@sentry/remix').then((sentry) => {
    sentry.init({ dsn, sendDefaultPii: false, defaultIntegrations: false, tracesSampleRate: 0 })
    return sentry
  }))
}
