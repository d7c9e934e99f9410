import { eq, sql } from 'drizzle-orm'
import { addAddress } from '#app/domain/accounts/addresses.server.ts'
import { requestEmailChange } from '#app/domain/accounts/change-email.server.ts'
import { invite } from '#app/domain/accounts/invitations.server.ts'
import { suspend } from '#app/domain/accounts/suspension.server.ts'
import { beginTwoFactor } from '#app/domain/accounts/two-factor.server.ts'
import { tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { mailLinks, mails, notifications, users } from '#db/schema/index.ts'
import { aPerson, password, signIn } from './cast.ts'
import type { FurnishedShop } from './furnished-shop.ts'
import { aVisitor, openCheckout, someoneSignedIn, theOwner } from './http-shop.ts'
import type { Visitor } from './visitor.ts'

export type Persona = {
  /** Where they begin to look around; what no link of a page leads to has to be here. */
  starts: string[]
  arrive: () => Promise<Visitor>
}

/** Everybody to whom pages look different. */
export async function personasOf(shop: FurnishedShop): Promise<Persona[]> {
  const publicPages = ['/', '/login', '/robots.txt', '/sitemap.xml', ...(await linksOfMails())]
  const toAdd = `/admin/collections/${shop.collectionId}/products?q=stool`
  return [
    { starts: publicPages, arrive: () => aShopperWith(shop.pot.variantId) },
    { starts: ['/login/second-factor'], arrive: aPersonBeforeTheirSecondFactor },
    {
      starts: ['/account', '/account/notifications', '/account/two-factor/confirmation'],
      arrive: () => aCustomerWithEverything(shop.orderId),
    },
    { starts: ['/account/two-factor'], arrive: aPersonWithTwoFactor },
    { starts: ['/admin', '/', toAdd, ...(await pagesOfPeople(shop.olga))], arrive: theOwner },
  ]
}

/** Has one mail of each kind that carries a link written; a worker has to run then. */
export async function askForLinksByMail({ olga }: FurnishedShop): Promise<void> {
  const { id: userId, email } = await aPerson()
  await aVisitor().post('/signup', { email: 'nina@example.com' })
  await aVisitor().post('/forgot-password', { email })
  await requestEmailChange({ userId, email: 'new-address@example.com', password })
  await invite({ email: 'sam@example.com', role: 'staff', areas: ['orders'], by: olga })
}

/** As who received the mails has them: what is kept of a mail does not hold the token of its link. */
async function linksOfMails(): Promise<string[]> {
  const written = await db
    .select({ text: mails.text, link: mailLinks })
    .from(mails)
    .leftJoin(mailLinks, eq(mailLinks.mailId, mails.id))
  return written.flatMap(({ text, link }) =>
    (text.match(/https?:\/\/\S+/g) ?? []).map(
      (address) => new URL(link ? address.replace('…', tokenOf(link)!) : address).pathname,
    ),
  )
}

async function aShopperWith(variantId: number): Promise<Visitor> {
  const shopper = aVisitor()
  await openCheckout(shopper, { variantId })
  return shopper
}

/** A second device, an address, something they were told, and a second factor that is half set up. */
async function aCustomerWithEverything(orderId: number): Promise<Visitor> {
  const { id: userId } = await aPerson()
  await signIn(userId)
  for (const line1 of ['12 Square', '13 Square'])
    await addAddress(userId, {
      ...{ name: 'Carl Gauss', company: '', line1, line2: '', postcode: '', city: 'Dublin', region: '' },
      ...{ country: 'IE', phone: '', isDefault: false },
    })
  await db
    .insert(notifications)
    .values({ userId, kind: 'order-paid', dedupeKey: `order:${orderId}`, about: '#1001', orderId })
  await beginTwoFactor({ userId, password })
  return someoneSignedIn(userId)
}

/** Staff and customers as the owner meets them: at work, with a second factor, and shut out. */
async function pagesOfPeople(by: number): Promise<string[]> {
  const staff = await aPerson({ role: 'staff', areas: ['orders'] })
  const customer = await aPerson()
  const [shutOutStaff, shutOutCustomer] = [await aPerson({ role: 'staff' }), await aPerson()]
  await enableTwoFactor(staff.id)
  for (const { id } of [staff, customer]) await signIn(id)
  await suspend({ userId: shutOutStaff.id, by, among: 'staff' })
  await suspend({ userId: shutOutCustomer.id, by, among: 'customers' })
  return [
    ...[staff, shutOutStaff].map(({ id }) => urls.admin.staffMember(id)),
    ...[customer, shutOutCustomer].map(({ id }) => urls.admin.customer(id)),
  ]
}

async function aPersonWithTwoFactor(): Promise<Visitor> {
  const { id } = await aPerson()
  await enableTwoFactor(id)
  return someoneSignedIn(id)
}

async function aPersonBeforeTheirSecondFactor(): Promise<Visitor> {
  const { id, email } = await aPerson()
  await enableTwoFactor(id)
  const visitor = aVisitor()
  await visitor.post('/login', { email, password })
  return visitor
}

async function enableTwoFactor(userId: number): Promise<void> {
  await beginTwoFactor({ userId, password })
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, userId))
}
