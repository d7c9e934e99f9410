import type { Page } from '@playwright/test'
import { desc, eq } from 'drizzle-orm'
import { findSession } from '#app/domain/accounts/sessions.server.ts'
import { getLinkOfMail, tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { db } from '#db/client.ts'
import type { users } from '#db/schema/index.ts'
import { mails } from '#db/schema/index.ts'
import { aPerson, filledForm, now, olgaOpensHerShop, password, signIn } from '../../support/cast.ts'
import { expect } from './test.ts'

/** Makes this browser that of somebody with an account, and says who it is. */
export async function isSignedIn(
  page: Page,
  origin: string,
  person: Partial<typeof users.$inferInsert> = {},
): Promise<{ id: number; email: string; sessionId: number }> {
  const { id, email } = await aPerson({ name: 'Carla Gauss', ...person })
  const token = await signIn(id)
  await page.context().addCookies([{ name: 'sid', value: token, url: origin, httpOnly: true }])
  return { id, email, sessionId: (await findSession(token))!.id }
}

/** Types address and password into the door. */
export async function signInAs(page: Page, email: string, word = password): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(word)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/**
 * The address leads to the door. With script the page may be on its way there by itself, because it hears that its
 * session ended: then going there is cut off once.
 */
export async function expectSignedOut(page: Page, address: string): Promise<void> {
  await expect(async () => {
    await page.goto(address)
    await expect(page).toHaveURL(/\/login\?next=/, { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
}

/** The customer orders this; returns the token of the receipt. */
export async function hasOrdered(
  customer: { id: number; sessionId: number },
  ...wanted: { variantId: number; quantity?: number }[]
): Promise<string> {
  const { settings } = await olgaOpensHerShop()
  const shopper = { sessionId: customer.sessionId, userId: customer.id }
  for (const { variantId, quantity = 1 } of wanted) await addToCart({ shopper, variantId, quantity })
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.token
}

/** The token in the link of the newest mail to the address, once the shop has written it. */
export async function linkMailedTo(email: string): Promise<string> {
  const newest = async () => {
    const [mail] = await db
      .select({ id: mails.id, status: mails.status })
      .from(mails)
      .where(eq(mails.toEmail, email))
      .orderBy(desc(mails.id))
      .limit(1)
    return mail
  }
  await expect.poll(async () => (await newest())?.status, { timeout: 20_000 }).toBe('held')
  const link = await getLinkOfMail((await newest())!.id)
  const token = link && tokenOf(link)
  if (!token) throw new Error(`The mail to ${email} carries no link`)
  return token
}
