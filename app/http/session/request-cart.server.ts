import type { AppLoadContext } from '@remix-run/node'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Cart, Shopper } from '#app/domain/cart/cart.ts'
import { buildCheckout } from '#app/domain/checkout/checkout.server.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import type { Checkout } from '#app/domain/checkout/checkout.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'

const carts = new WeakMap<AppLoadContext, Promise<Cart | null>>()
const checkouts = new WeakMap<AppLoadContext, Promise<Checkout | null>>()

/**
 * The shopper's cart for the loaders of one request, which run in parallel: one query, and the same cart in the header
 * and on the page. Not for actions: the result does not change during the request.
 */
export function getRequestCart(context: AppLoadContext, shopper: Shopper | null): Promise<Cart | null> {
  let cart = carts.get(context)
  if (!cart) carts.set(context, (cart = getCart(shopper)))
  return cart
}

/** The totals of that cart, likewise; null for an empty cart. */
export function getRequestCheckout(
  context: AppLoadContext,
  shopper: Shopper | null,
): Promise<Checkout | null> {
  let checkout = checkouts.get(context)
  if (!checkout) {
    checkout = getRequestCart(context, shopper).then((cart) => checkoutOf(cart, shopper))
    checkouts.set(context, checkout)
  }
  return checkout
}

/** The promotions of a cart that was read before. */
export async function getCartPromotions(
  cart: Cart | null,
  shopper: Shopper | null,
): Promise<CartPromotions | null> {
  return (await checkoutOf(cart, shopper))?.promotions ?? null
}

async function checkoutOf(cart: Cart | null, shopper: Shopper | null): Promise<Checkout | null> {
  if (!cart || !shopper) return null
  const settings = await getSettings()
  return settings && buildCheckout(cart, { shopper, settings, now: new Date() })
}
