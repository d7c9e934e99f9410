import type { ServerResponse } from 'node:http'
import type { Account } from './stripe-account.ts'

/** The hosted payment page of the double: a form for each outcome, without scripts. */
export function paymentPage(account: Account, url: URL, method: string, response: ServerResponse): void {
  const [, , id, outcome] = url.pathname.split('/')
  const session = account.session(id!)
  if (method === 'POST') {
    if (outcome === 'pay') account.people.pay(id!)
    if (outcome === 'later') account.people.payLater(id!)
    if (outcome === 'decline') account.people.decline(id!)
    const location = outcome === 'decline' ? `/pay/${id}` : session.success_url
    return void response.writeHead(303, { location }).end()
  }
  const form = (name: string, label: string) =>
    `<form method="post" action="/pay/${id}/${name}"><button>${label}</button></form>`
  const declined = session.intent.last_payment_error
  const body =
    session.status === 'open'
      ? `<h1>Pay ${(session.amount_total / 100).toFixed(2)} ${session.currency.toUpperCase()}</h1>
${declined ? `<p role="alert">${declined.message}</p>` : ''}
${form('pay', 'Pay')}${form('decline', 'Pay with a card that is declined')}${form('later', 'Pay by bank debit')}
<a href="${session.cancel_url}">Back to the store</a>`
      : `<h1>This payment page is closed</h1><a href="${session.cancel_url}">Back to the store</a>`
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(
    `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Payment</title><body>${body}</body></html>`,
  )
}
