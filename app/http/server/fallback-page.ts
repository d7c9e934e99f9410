/** Pages that work when nothing else does: no template, no style sheet, no database. */

type Message = { title: string; text: string }

export const fallbackMessages = {
  400: { title: 'Bad request', text: 'The URL or the form could not be read.' },
  403: {
    title: 'Form not accepted',
    text: 'For your security, this form was not accepted because it came from another site. Open the page in the store and submit the form there.',
  },
  404: { title: 'Page not found', text: 'The page may have moved, or the URL may be mistyped.' },
  405: { title: 'Method not allowed', text: 'This page doesn’t support this type of request.' },
  408: {
    title: 'Request timed out',
    text: 'Your connection was too slow to complete the request. Please try again.',
  },
  413: { title: 'Request too large', text: 'The file or form is larger than the store accepts here.' },
  414: { title: 'URL too long', text: 'Go back and try a shorter URL.' },
  415: { title: 'Unsupported content', text: 'Submit an uncompressed form.' },
  417: {
    title: 'Method not allowed',
    text: 'The request has an Expect header that the server doesn’t support.',
  },
  429: { title: 'Too many requests', text: 'Please wait a moment, then try again.' },
  431: {
    title: 'Request headers too large',
    text: 'Delete this store’s cookies in your browser, then try again.',
  },
  500: {
    title: 'Something went wrong',
    text: 'The error has been reported. Please try again in a moment.',
  },
  503: {
    title: 'Temporarily unavailable',
    text: 'The store is busy or restarting. No data was lost. Please try again in a moment.',
  },
} satisfies Record<number, Message>

export type FallbackStatus = keyof typeof fallbackMessages

export type FallbackPage = {
  status: FallbackStatus
  nonce: string
  requestId: string
  /** One more sentence, plain text. */
  hint?: string
  /** Reload the page after so many seconds; only for GET. */
  reloadAfterSeconds?: number
}

/** A complete HTML page with a message and the request's id. */
export function fallbackPage({ status, nonce, requestId, hint, reloadAfterSeconds }: FallbackPage): string {
  const { title, text }: Message = fallbackMessages[status]
  const reload = reloadAfterSeconds ? `<meta http-equiv="refresh" content="${reloadAfterSeconds}">` : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">${reload}
<title>${title}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; --ink: light-dark(#1d1a16, #f2ede4); --soft: light-dark(#6b645a, #a79f93); --paper: light-dark(#faf7f1, #191613) }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif }
main { max-width: 30rem; padding: 2rem }
h1 { margin: 0 0 .75rem; font: 400 2rem/1.2 "Instrument Serif", Georgia, serif; text-wrap: balance }
p { margin: 0 0 1rem; text-wrap: pretty }
a { color: inherit; text-underline-offset: .2em }
small { color: var(--soft); font-size: .8125rem }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
${hint ? `<p>${escapeHtml(hint)}</p>` : ''}
<p><a href="/">Back to the store</a></p>
<small>${status} · request ${escapeHtml(requestId)}</small>
</main>
</body>
</html>
`
}

function escapeHtml(text: string) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
