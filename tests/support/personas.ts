import { eq, sql } from 'drizzle-orm'
import { addAddress } from '#app/domain/accounts/addresses.server.ts'
import { saveCartConsent } from '#app/domain/cart/cart-consent.server.ts'
import { remindOfCarts } from '#app/domain/cart/remind-of-carts.server.ts'
import { requestEmailChange } from '#app/domain/accounts/change-email.server.ts'
import { createInvitation } from '#app/domain/staff/invitations.server.ts'
import { suspendUser } from '#app/domain/staff/suspension.server.ts'
import { beginTwoFactor } from '#app/domain/accounts/two-factor.server.ts'
import { deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { requestReviews } from '#app/domain/reviews/request-reviews.server.ts'
import { requestStockAlert } from '#app/domain/stock-alerts/request-alert.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import {
  emailLinks,
  emails,
  notifications,
  pendingSignIns,
  promotionCodes,
  settings,
  users,
} from '#db/schema/index.ts'
import { createGuest, createUser, password, signIn } from './cast.ts'
import { createDeliveredOrder } from './reviews.ts'
import type { SeededShop } from './seeded-shop.ts'
import { newVisitor, openCheckout, signInVisitor, signedInOwner } from './http-shop.ts'
import type { Visitor } from './visitor.ts'

export type Persona = {
  /** The URLs where the crawl starts; includes pages that no link leads to. */
  starts: string[]
  createVisitor: () => Promise<Visitor>
}

/** All users who see different pages. */
export async function listPersonas(shop: SeededShop): Promise<Persona[]> {
  const draft = urls.draft(shop.draftToken)
  const publicPages = ['/', '/login', '/robots.txt', '/sitemap.xml', draft, ...(await readEmailLinks())]
  const toAdd = `/admin/collections/${shop.collectionId}/products?q=stool`
  return [
    { starts: publicPages, createVisitor: () => createShopperWith(shop) },
    { starts: ['/login/two-factor'], createVisitor: createPendingSignIn },
    {
      starts: ['/account', '/account/notifications', '/account/two-factor/confirmation'],
      createVisitor: () => createFullCustomer(shop.orderId),
    },
    { starts: ['/account/two-factor'], createVisitor: createUserWithTwoFactor },
    { starts: ['/admin', '/', toAdd, ...(await listUserPages(shop.olga))], createVisitor: signedInOwner },
  ]
}

/** Has one email of each kind with a link rendered; requires a running worker. */
export async function requestEmailLinks({ olga, pot, stool }: SeededShop): Promise<void> {
  const { id: userId, email } = await createUser()
  await newVisitor().post('/signup', { email: 'nina@example.com' })
  await newVisitor().post('/forgot-password', { email })
  await requestEmailChange({ userId, email: 'new-address@example.com', password })
  await createInvitation({ email: 'sam@example.com', role: 'staff', permissions: ['orders'], by: olga })
  const soldOut = { product: stool.handle, variantId: stool.variantIds[2]! }
  await requestStockAlert({ ...soldOut, email: 'nina@example.com', isVerified: false })
  await createReminder(stool.variantIds[0]!)
  await createReviewRequest(pot)
}

/** An email that asks for reviews of a delivered order. */
async function createReviewRequest(pot: SeededShop['pot']): Promise<void> {
  await createDeliveredOrder(pot, { email: 'rita@example.com', acceptsMarketing: true })
  await db.update(settings).set({ reviewRequestDays: 7 })
  await requestReviews(new Date(Date.now() + 8 * 24 * 60 * 60 * 1000))
}

/** A reminder of a guest's cart; its email is rendered by the worker. */
async function createReminder(variantId: number): Promise<void> {
  const shopper = await createGuest({ variantId })
  const choice = { email: 'lea@example.com', isGiven: true, text: 'Email me news.' }
  await saveCartConsent({ shopper, choice })
  await db.update(settings).set({ remindsOfCarts: true })
  await remindOfCarts(new Date(Date.now() + 25 * 60 * 60 * 1000))
}

/** The links as their recipients have them: a stored email does not contain its link's token. */
async function readEmailLinks(): Promise<string[]> {
  const written = await db
    .select({ text: emails.text, link: emailLinks })
    .from(emails)
    .leftJoin(emailLinks, eq(emailLinks.emailId, emails.id))
  return written.flatMap(({ text, link }) =>
    (text.match(/https?:\/\/\S+/g) ?? []).map(
      (address) => new URL(link ? address.replace('…', deriveLinkToken(link)!) : address).pathname,
    ),
  )
}

/** With a filled cart and a discount code. */
async function createShopperWith({ pot, promotionId }: SeededShop): Promise<Visitor> {
  const shopper = newVisitor()
  const { csrf = '' } = await openCheckout(shopper, pot)
  const [row] = await db.select().from(promotionCodes).where(eq(promotionCodes.promotionId, promotionId))
  await shopper.post('/cart/codes', { csrf, discountCode: row!.code })
  return shopper
}

/** A second device, an address, a notification, and an unfinished two-factor setup. */
async function createFullCustomer(orderId: number): Promise<Visitor> {
  const { id: userId } = await createUser()
  await signIn(userId)
  for (const line1 of ['12 Square', '13 Square'])
    await addAddress(userId, {
      ...{ name: 'Carl Gauss', company: '', line1, line2: '', postcode: '', city: 'Dublin', region: '' },
      ...{ country: 'IE', phone: '', isDefault: false },
    })
  await db
    .insert(notifications)
    .values({ userId, kind: 'order-paid', dedupeKey: `order:${orderId}`, subject: '#1001', orderId })
  await beginTwoFactor({ userId, password })
  return signInVisitor(userId)
}

/** Staff and customers as the owner sees them: active, with two-factor authentication, and suspended. */
async function listUserPages(by: number): Promise<string[]> {
  const staff = await createUser({ role: 'staff', permissions: ['orders'] })
  const customer = await createUser()
  const [shutOutStaff, shutOutCustomer] = [await createUser({ role: 'staff' }), await createUser()]
  await enableTwoFactor(staff.id)
  for (const { id } of [staff, customer]) await signIn(id)
  await suspendUser({ userId: shutOutStaff.id, by, among: 'staff' })
  await suspendUser({ userId: shutOutCustomer.id, by, among: 'customers' })
  return [
    ...[staff, shutOutStaff].map(({ id }) => urls.admin.staffMember(id)),
    ...[customer, shutOutCustomer].map(({ id }) => urls.admin.customer(id)),
  ]
}

async function createUserWithTwoFactor(): Promise<Visitor> {
  const { id } = await createUser()
  await enableTwoFactor(id)
  return signInVisitor(id)
}

async function createPendingSignIn(): Promise<Visitor> {
  const { id, email } = await createUser()
  await enableTwoFactor(id)
  const visitor = newVisitor()
  await visitor.post('/login', { email, password })
  // Trying all forms can take longer than the ten minutes that a sign-in waits for its code.
  await db
    .update(pendingSignIns)
    .set({ expiresAt: sql`now() + interval '1 day'` })
    .where(eq(pendingSignIns.userId, id))
  return visitor
}

async function enableTwoFactor(userId: number): Promise<void> {
  await beginTwoFactor({ userId, password })
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, userId))
}
