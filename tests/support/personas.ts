import { eq, sql } from 'drizzle-orm'
import { requestEmailChange } from '#app/domain/accounts/change-email.server.ts'
import { beginTwoFactor } from '#app/domain/accounts/two-factor.server.ts'
import { tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { db } from '#db/client.ts'
import { mailLinks, mails, users } from '#db/schema/index.ts'
import { aPerson, password } from './cast.ts'
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
    { starts: ['/account'], arrive: async () => someoneSignedIn((await aPerson()).id) },
    { starts: ['/admin', '/', toAdd], arrive: theOwner },
  ]
}

/** Has one mail of each kind that carries a link written; a worker has to run then. */
export async function askForLinksByMail(): Promise<void> {
  const { id: userId, email } = await aPerson()
  await aVisitor().post('/signup', { email: 'nina@example.com' })
  await aVisitor().post('/forgot-password', { email })
  await requestEmailChange({ userId, email: 'new-address@example.com', password })
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

async function aPersonBeforeTheirSecondFactor(): Promise<Visitor> {
  const { id, email } = await aPerson()
  await beginTwoFactor(id)
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, id))
  const visitor = aVisitor()
  await visitor.post('/login', { email, password })
  return visitor
}
