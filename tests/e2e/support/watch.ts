import type { BrowserContext } from '@playwright/test'

/**
 * Records errors in this browser during a test: console errors, exceptions, responses of 500 and up, files that failed
 * to load. `mayFail` selects the files that the test itself blocks.
 */
export function watch(context: BrowserContext, mayFail: (url: string) => boolean): string[] {
  const browserErrors: string[] = []
  context.on('console', (message) => {
    // Chromium logs this for every 404 and 422 as well; responses are checked below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      browserErrors.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) =>
    browserErrors.push(`exception: ${error.error().stack ?? error.error().message}`),
  )
  context.on('response', (response) => {
    const type = response.request().resourceType()
    const isPage = type === 'document' || type === 'fetch'
    if (response.status() >= (isPage ? 500 : 400))
      browserErrors.push(`${response.status()} ${response.url()}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // Leaving a page aborts its open requests; the event stream depends on the shop's lifetime.
    const isStream = new URL(request.url()).pathname === '/events'
    if (reason !== 'net::ERR_ABORTED' && !isStream && !mayFail(request.url()))
      browserErrors.push(`${reason} ${request.url()}`)
  })
  return browserErrors
}
