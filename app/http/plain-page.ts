/** The pages that must work when nothing else does: no template, no style sheet, no database. */

type Words = { title: string; text: string }

const pages = {
  400: { title: 'That did not arrive as it should', text: 'The address or the form could not be read.' },
  403: {
    title: 'This form came from somewhere else',
    text: 'For your safety it was not accepted. Open the page in the shop and send the form from there.',
  },
  404: { title: 'There is nothing here', text: 'The address may be old or mistyped.' },
  405: { title: 'That is not possible here', text: 'This address cannot be used in that way.' },
  408: {
    title: 'That took too long',
    text: 'The connection was too slow for us to read it all. Please try again.',
  },
  413: { title: 'That is too large', text: 'What you sent is larger than the shop accepts here.' },
  414: { title: 'This address is too long', text: 'Please go back and try a shorter one.' },
  415: { title: 'That kind of content is not accepted', text: 'Please send it uncompressed, as a form.' },
  417: {
    title: 'That is not possible here',
    text: 'The request expects something that the shop does not do.',
  },
  429: { title: 'That was a little too often', text: 'Please wait a moment, then try again.' },
  431: {
    title: 'Your browser sent too much',
    text: 'Deleting the cookies of this shop in your browser helps.',
  },
  500: {
    title: 'Something went wrong on our side',
    text: 'It has been noted. Please try again in a moment.',
  },
  503: {
    title: 'We will be right back',
    text: 'The shop is busy or restarting. Nothing is lost; please try again in a moment.',
  },
} satisfies Record<number, Words>

export type PlainStatus = keyof typeof pages

export type PlainPage = {
  status: PlainStatus
  nonce: string
  requestId: string
  /** One more sentence, plain text. */
  hint?: string
  /** Reload the page by itself after so many seconds; only for what was asked with GET. */
  reloadAfterSeconds?: number
}

/** A whole HTML page that says what happened and carries the request's id, and nothing else. */
export function plainPage({ status, nonce, requestId, hint, reloadAfterSeconds }: PlainPage): string {
  const { title, text }: Words = pages[status]
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
<p><a href="/">Back to the shop</a></p>
<small>${status} · request ${escapeHtml(requestId)}</small>
</main>
</body>
</html>
`
}

function escapeHtml(text: string) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
