import type { FurnishedShop } from './furnished-shop.ts'
import { aVisitor, openCheckout, theOwner } from './http-shop.ts'
import type { Visitor } from './visitor.ts'

export type Persona = {
  who: string
  /** Where they begin to look around; what no link leads to has to be here. */
  starts: string[]
  arrive: () => Promise<Visitor>
}

/** Everybody to whom pages look different. */
export function personasOf(shop: FurnishedShop): Persona[] {
  const publicPages = ['/', '/login', '/robots.txt', '/sitemap.xml', `/orders/${shop.token}`]
  const toAdd = `/admin/collections/${shop.collectionId}/products?q=stool`
  return [
    { who: 'a visitor with a cart', starts: publicPages, arrive: () => aShopperWith(shop.pot.variantId) },
    { who: 'the owner', starts: ['/admin', '/', toAdd], arrive: theOwner },
  ]
}

async function aShopperWith(variantId: number): Promise<Visitor> {
  const shopper = aVisitor()
  await openCheckout(shopper, { variantId })
  return shopper
}
