import type { BrowserContext } from '@playwright/test'

/**
 * Notes whatever goes wrong in this browser while a test looks elsewhere: errors on the console, exceptions,
 * answers of 500 and up, files that did not load. `mayFail` names the files that the test itself keeps away.
 */
export function watch(context: BrowserContext, mayFail: (url: string) => boolean): string[] {
  const troubles: string[] = []
  context.on('console', (message) => {
    // Chromium says this of every 404 and 422 as well; answers are judged below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      troubles.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) =>
    troubles.push(`exception: ${error.error().stack ?? error.error().message}`),
  )
  context.on('response', (response) => {
    const type = response.request().resourceType()
    const isPage = type === 'document' || type === 'fetch'
    if (response.status() >= (isPage ? 500 : 400)) troubles.push(`${response.status()} ${response.url()}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // A page that is left takes its open requests with it; the event stream comes and goes with the shop.
    const isStream = new URL(request.url()).pathname === '/events'
    if (reason !== 'net::ERR_ABORTED' && !isStream && !mayFail(request.url()))
      troubles.push(`${reason} ${request.url()}`)
  })
  return troubles
}
