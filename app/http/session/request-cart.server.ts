import type { AppLoadContext } from '@remix-run/node'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Cart, Shopper } from '#app/domain/cart/cart.ts'

const carts = new WeakMap<AppLoadContext, Promise<Cart | null>>()

/**
 * The shopper's cart for the loaders of one request, which run in parallel: one query, and the same cart in the header
 * and on the page. Not for actions: the result does not change during the request.
 */
export function getRequestCart(context: AppLoadContext, shopper: Shopper | null): Promise<Cart | null> {
  let cart = carts.get(context)
  if (!cart) carts.set(context, (cart = getCart(shopper)))
  return cart
}
