import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Cart, CartOwner } from '#app/domain/cart/cart.ts'
import { getPricingRules } from '#app/domain/checkout/pricing-rules.server.ts'
import type { ShippingMethod } from '#app/domain/pricing/shipping-rates.ts'
import { findOffers, type Offers } from '#app/domain/promotions/offers.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { defaultCountry, listCountries } from '#app/domain/shipping/countries.ts'
import { deliveryWindow, listShippingMethods, shippingCountriesOf } from '#app/domain/shipping/shipping.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import type { Checkout, ShippingOption } from './checkout.ts'
import { offeredPayments } from './order-payment.server.ts'
import { priceLines, type PricedLines, type Pricing } from './price-lines.ts'

type Asked = {
  shopper: CartOwner
  settings: Settings
  now: Date
  /** By default, whether a provider of card payments is set up. */
  acceptsCards?: boolean
  /** What is known from the form of the checkout; otherwise what the cart remembers. */
  form?: { country: string; region: string; email: string; vatNumber: string }
}

/** The shopper's checkout page; null when the cart is empty. */
export async function getCheckout(asked: Asked): Promise<Checkout | null> {
  return buildCheckout(await getCart(asked.shopper), asked)
}

/**
 * The same for a cart that was already read. Totals are estimated for the destination that is known, else for the
 * default country. Lines that cannot be bought are left out of the totals.
 */
export async function buildCheckout(cart: Cart | null, asked: Asked): Promise<Checkout | null> {
  if (!cart || cart.lines.length === 0) return null
  const { shopper, settings, now, form } = asked
  const rules = await getPricingRules()
  const sellable = cart.lines.flatMap((line) =>
    line.unitPrice !== null && line.buyable > 0 ? [{ ...line, unitPrice: line.unitPrice }] : [],
  )
  const { userId } = shopper
  const customer = userId !== null || form?.email ? { userId, email: form?.email || null } : null
  const { automatic, zones, rates } = rules
  const found = await findOffers({ automatic, codes: cart.codes, lines: sellable, customer, now })
  const countries = shippingCountriesOf(settings, zones)
  const destination = form ?? knownDestination(cart, countries, settings)
  const methods = listShippingMethods({ settings, zones }, cart.lines, destination) ?? []
  const pricing: Pricing = {
    ...{ lines: found.lines, offers: found.offers, methods, rates, settings, destination, now },
    vatNumber: form?.vatNumber ?? '',
  }
  const offered = rankMethods(pricing)
  const priced = offered[0]?.priced ?? priceLines(pricing, null)
  return {
    cart,
    promotions: describePromotions(priced, found),
    destination: { country: destination.country, region: destination.region },
    options: offered.map((option) => toOption(option, asked)),
    totals: priced.named,
    payments: offeredPayments(
      [priced, ...offered.map((one) => one.priced)].map(({ named }) => named.total),
      asked,
    ),
    countries,
    asksForVatNumber: settings.allowsReverseCharge,
  }
}

function knownDestination({ destination }: Cart, served: string[], { locale }: Settings) {
  const isServed = served.length === 0 || served.includes(destination.country)
  if (destination.country && isServed) return destination
  return { country: defaultCountry(listCountries(served, locale), locale), region: '' }
}

type Offered = { method: ShippingMethod; priced: PricedLines }

/** Those with a rate for these lines, cheapest first; pickup last, because most orders are shipped. */
function rankMethods(pricing: Pricing): Offered[] {
  return pricing.methods
    .map((method) => ({ method, priced: priceLines(pricing, method.id) }))
    .filter(({ priced }) => priced.method !== null)
    .sort((a, b) => Number(a.method.isPickup) - Number(b.method.isPickup) || paidFor(a) - paidFor(b))
}

function paidFor({ priced }: Offered): number {
  return priced.shippingTotal - priced.shippingDiscount
}

function toOption(offered: Offered, { settings, now }: Asked): ShippingOption {
  const { method, priced } = offered
  const dates = deliveryWindow(method, settings, now)
  return {
    id: method.id,
    label: method.title,
    rate: paidFor(offered),
    isPickup: method.isPickup,
    earliest: dates?.earliest ?? null,
    latest: dates?.latest ?? null,
    totals: priced.named,
  }
}

function describePromotions(priced: PricedLines, { unknownCodes }: Offers<unknown>): CartPromotions {
  const { promotions, refused, discountTotal } = priced
  return {
    applied: promotions.map(({ offer: { promotion, code }, amount, byLine }) => ({
      ...{ title: promotion.title, code, amount, isShipping: byLine.length === 0 },
    })),
    refused: [
      ...refused
        .filter(({ offer, reason }) => offer.code !== null || reason.startsWith('minimum'))
        .map(({ offer: { promotion, code }, ...refusal }) => ({ ...refusal, title: promotion.title, code })),
      ...unknownCodes.map((code) => ({ code, title: code, reason: 'unknown-code' as const })),
    ],
    discountTotal,
  }
}
