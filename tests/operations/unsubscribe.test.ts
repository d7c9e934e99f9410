import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { giveConsent, hasConsent, listConsents } from '#app/domain/consents/consents.server.ts'
import { signLink } from '#app/domain/mail/signed-links.server.ts'
import { enqueueShopperEmails } from '#app/domain/mail/outbox.server.ts'
import { urls } from '#app/urls.ts'
import { db, transaction } from '#db/client.ts'
import { emails, stockAlerts } from '#db/schema/index.ts'
import { createProduct, createUser } from '#tests/support/cast.ts'
import { newVisitor, signInVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import { hiddenFields } from '#tests/support/visitor.ts'

useRunningShop({ ROLE: 'web' })

let count = 0

/** A consenting address, and the link in an email to it. */
async function createReader() {
  count += 1
  const email = `reader-${count}@example.com`
  await transaction(async (tx) => {
    await giveConsent(tx, { email, source: 'checkout', text: 'Email me news.' })
    await enqueueShopperEmails(tx, [{ kind: 'cart-reminder', to: email, about: `cart-reminder:${count}` }])
  })
  const [row] = await db.select().from(emails).where(eq(emails.toEmail, email))
  return { email, link: urls.unsubscribe(signLink('unsubscribe', row!.id)) }
}

const oneClick = 'List-Unsubscribe=One-Click'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

test('opening the link, as link scanners do, changes nothing; the page’s button unsubscribes without sign-in', async () => {
  const { email, link } = await createReader()
  const reader = newVisitor()
  const page = await reader.get(link)
  expect(page).toMatchObject({ status: 200, body: expect.stringContaining(email) })
  expect(page.headers.get('cache-control')).toBe('private, no-store')
  expect(page.headers.get('referrer-policy')).toBe('same-origin')
  await reader.get(link)
  expect(await hasConsent(email)).toBe(true)
  const answer = await reader.post(link, hiddenFields(page.body, link))
  expect(answer).toMatchObject({ status: 303, location: link })
  expect(await hasConsent(email)).toBe(false)
  expect((await reader.get(link)).body).toContain('You are unsubscribed')
})

test('an email service unsubscribes by a POST without cookies, token and origin, and is not redirected (RFC 8058)', async () => {
  const { email, link } = await createReader()
  for (const headers of [form, { ...form, origin: 'null' }, { ...form, 'sec-fetch-site': 'cross-site' }])
    expect((await newVisitor().send(link, oneClick, headers)).status).toBe(200)
  expect((await listConsents(email)).map(({ kind, source }) => `${kind} ${source}`)).toEqual([
    'withdrawn email',
    'given checkout',
  ])
  const multipart = await createReader()
  const body = new FormData()
  body.append('List-Unsubscribe', 'One-Click')
  const encoded = new Response(body)
  const type = { 'content-type': encoded.headers.get('content-type')! }
  const sent = await newVisitor().send(multipart.link, new Uint8Array(await encoded.arrayBuffer()), type)
  expect(sent.status).toBe(200)
  expect(await hasConsent(multipart.email)).toBe(false)
})

test('the exception is for this path without cookies only', async () => {
  const { email, link } = await createReader()
  const signedIn = await signInVisitor((await createUser()).id)
  expect((await signedIn.send(link, oneClick, { ...form, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  for (const path of ['/unsubscribe', `${link}/x`, '/cart/lines', '/account/marketing', '/checkout'])
    expect((await newVisitor().send(path, oneClick, form)).status).toBe(403)
  expect((await newVisitor().send(`${link}x`, oneClick, form)).status).toBe(404)
  const [id, signature] = link.split(/-(.*)/s)
  const other = id!.replace(/\d+$/, (digits) => String(Number(digits) + 1))
  expect((await newVisitor().send(`${other}-${signature}`, oneClick, form)).status).toBe(404)
  expect(await hasConsent(email)).toBe(true)
})

test('the link of a stock alert stops the alerts of the address, and leaves its consent', async () => {
  const { email } = await createReader()
  const { variantId } = await createProduct({ stock: 0 })
  await db.insert(stockAlerts).values({ variantId, email, confirmedAt: sql`now()` })
  await transaction((tx) =>
    enqueueShopperEmails(tx, [{ kind: 'back-in-stock', to: email, about: 'stock-alert:1' }]),
  )
  const [row] = await db.select().from(emails).where(eq(emails.dedupeKey, 'stock-alert:1:back-in-stock'))
  const link = urls.unsubscribe(signLink('unsubscribe', row!.id))
  expect((await newVisitor().send(link, oneClick, form)).status).toBe(200)
  expect(await db.$count(stockAlerts, eq(stockAlerts.email, email))).toBe(0)
  expect(await hasConsent(email)).toBe(true)
})

test('the answer to a request for a stock alert is the same for every address', async () => {
  const { handle, variantId } = await createProduct({ stock: 0 })
  const { email: ofCustomer } = await createUser()
  const { email: consenting } = await createReader()
  await db.insert(stockAlerts).values({ variantId, email: 'waits@example.com', confirmedAt: sql`now()` })
  const ask = async (email: string) => {
    const asked = newVisitor()
    const { status, location } = await asked.post(urls.stockAlert(handle, variantId), { email })
    const page = await asked.get(location!)
    const text = /<div class="toast[^]*?<p[^>]*>([^<]*)</.exec(page.body)![1]!
    return { status, location, text: text.replace(email, 'EMAIL') }
  }
  const answers = []
  for (const email of ['new@example.com', 'new@example.com', 'waits@example.com', ofCustomer, consenting])
    answers.push(await ask(email))
  expect(answers[0]).toEqual({
    status: 303,
    location: urls.product(handle, variantId),
    text: 'We saved your request for EMAIL.',
  })
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

test('requests for stock alerts are limited by mailbox and by address', async () => {
  const { handle, variantId } = await createProduct({ stock: 0 })
  const url = urls.stockAlert(handle, variantId)
  const statuses = []
  for (let index = 0; index < 11; index += 1)
    statuses.push((await newVisitor().post(url, { email: 'often@example.com' })).status)
  expect(statuses).toEqual([...Array<number>(10).fill(303), 429])
  const sender = newVisitor()
  for (let index = 0; index < 30; index += 1) await sender.post(url, { email: `many-${index}@example.com` })
  expect((await sender.post(url, { email: 'many-31@example.com' })).status).toBe(429)
})
