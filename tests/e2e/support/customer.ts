import type { Page } from '@playwright/test'
import { and, desc, eq, ne } from 'drizzle-orm'
import { findSession } from '#app/domain/accounts/sessions.server.ts'
import { getEmailLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { db } from '#db/client.ts'
import type { users } from '#db/schema/index.ts'
import { emails } from '#db/schema/index.ts'
import { createUser, filledForm, now, createShop, password, signIn } from '../../support/cast.ts'
import { expect } from './test.ts'

/** Signs this browser in as a new user, and returns the user. */
export async function signInAsNewUser(
  page: Page,
  origin: string,
  user: Partial<typeof users.$inferInsert> = {},
): Promise<{ id: number; email: string; sessionId: number }> {
  const { id, email } = await createUser({ name: 'Carla Gauss', ...user })
  const token = await signIn(id)
  await page.context().addCookies([{ name: 'sid', value: token, url: origin, httpOnly: true }])
  return { id, email, sessionId: (await findSession(token))!.id }
}

/** Fills in and submits the sign-in form. */
export async function signInAs(page: Page, email: string, word = password): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(word)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/**
 * The URL redirects to the sign-in page. With script the page may already be navigating there, because it was notified
 * that its session ended: then this navigation is aborted once.
 */
export async function expectSignedOut(page: Page, address: string): Promise<void> {
  await expect(async () => {
    await page.goto(address)
    await expect(page).toHaveURL(/\/login\?next=/, { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
}

/** Places an order of the customer; returns the receipt's token. */
export async function placeCustomerOrder(
  customer: { id: number; sessionId: number },
  ...wanted: { variantId: number; quantity?: number }[]
): Promise<string> {
  const { settings } = await createShop()
  const shopper = { sessionId: customer.sessionId, userId: customer.id }
  for (const { variantId, quantity = 1 } of wanted) await addToCart({ shopper, variantId, quantity })
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.token
}

/** The token in the link of the newest email to the address, once the shop has rendered it. */
export async function linkEmailedTo(email: string): Promise<string> {
  const newest = async () => {
    const [message] = await db
      .select({ id: emails.id, status: emails.status })
      .from(emails)
      .where(eq(emails.toEmail, email))
      .orderBy(desc(emails.id))
      .limit(1)
    return message
  }
  await expect.poll(async () => (await newest())?.status, { timeout: 20_000 }).toBe('held')
  const link = await getEmailLink((await newest())!.id)
  const token = link && deriveLinkToken(link)
  if (!token) throw new Error(`The email to ${email} contains no link`)
  return token
}

/** The path of a link in the rendered email of this kind. */
export async function pathEmailed(
  kind: 'back-in-stock' | 'cart-reminder' | 'review-request',
  to: string,
  path: string,
): Promise<string> {
  const wanted = and(eq(emails.kind, kind), eq(emails.toEmail, to), ne(emails.text, ''))
  const read = async () => (await db.select({ text: emails.text }).from(emails).where(wanted))[0]?.text ?? ''
  await expect.poll(read, { timeout: 20_000 }).toContain(path)
  const { href } = new URL(new RegExp(`http\\S*${path}\\S*`).exec(await read())![0])
  return href.replace(/^https?:\/\/[^/]+/, '')
}
