import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Cart } from '#app/domain/cart/cart.ts'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import { headerText, type Personal } from '#app/domain/cart/personal.ts'
import { countUnread } from '#app/domain/notifications/notifications.server.ts'
import { changePosition, hasChangedSince } from '#app/domain/realtime/listener.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import { getCartPromotions } from '#app/http/session/request-cart.server.ts'
import { getVisitor, readSessionToken, type Visitor } from '#app/http/session/session.server.ts'

/** The values that differ between two sessions' copies of a public page. */
export type PersonalParts = { csrfToken: string; personal: Personal }

type Cached = { parts: PersonalParts; position: number; dependsOn: string[]; until: number }

const cached = new LRUCache<string, Cached>({ max: 20_000 })
/** Well under the minute after which a session's use is recorded (docs/decisions/017). */
const maxAgeMs = 20_000

const ofVisitor: PersonalParts = {
  csrfToken: '',
  personal: describe({ cart: null, promotions: null, unread: 0, user: null }),
}

/**
 * The personal data of the store's pages, read from the database: cart, account, notifications, and a grant for their
 * topics. `position` (livePosition) is taken before anything is read.
 */
export async function loadPersonal(
  request: Request,
  of: {
    visitor: Visitor
    position: string
    cart: Promise<Cart | null>
    promotions: Promise<CartPromotions | null>
  },
): Promise<Personal> {
  const { position } = of
  const { sessionId, user } = of.visitor
  const [cart, promotions, unread] = await Promise.all([
    of.cart,
    of.promotions,
    user ? countUnread(user.id, 'customer') : 0,
  ])
  const live = grantToVisitor(request, {
    sessionId,
    position,
    topics: [...(cart ? [topics.cart(cart.id, cart.version)] : []), ...(user ? [topics.user(user.id)] : [])],
  })
  return { ...describe({ cart, promotions, unread, user }), live }
}

/**
 * The same from the cache for the session of these cookies, while nothing in it was announced to have changed; an
 * ended session counts as none. Null while the listener is not connected.
 */
export async function getPersonalParts(cookies: string): Promise<PersonalParts | null> {
  const position = changePosition()
  if (position === null) return null
  const token = readSessionToken(cookies)
  if (token === null) return ofVisitor
  const key = createHash('sha256').update(token).digest('base64')
  const found = cached.get(key)
  if (found && Date.now() < found.until && !hasChangedSince(found.position, found.dependsOn))
    return found.parts
  cached.delete(key)
  const live = livePosition()
  const request = new Request(env.appOrigin, { headers: { cookie: cookies } })
  const visitor = await getVisitor(request)
  if (visitor.sessionId === null) return ofVisitor
  const cart = getCart(visitor.shopper)
  const promotions = cart.then((found) => getCartPromotions(found, visitor.shopper))
  const of = { visitor, position: live, cart, promotions }
  const [personal, settings] = await Promise.all([loadPersonal(request, of), getSettings()])
  const parts = { csrfToken: visitor.csrfToken, personal }
  if (isAnnounced(personal.cart, settings?.lowStockThreshold ?? 0)) {
    const until = Date.now() + Math.min(maxAgeMs, visitor.secondsLeft * 1000)
    cached.set(key, { parts, position, dependsOn: dependenciesOf(visitor, personal.cart), until })
  }
  return parts
}

function describe(of: {
  cart: Cart | null
  promotions: CartPromotions | null
  unread: number
  user: Visitor['user']
}): Personal {
  const { cart, promotions, unread, user } = of
  return {
    cart,
    promotions,
    header: headerText({
      count: cart?.count ?? 0,
      unread,
      isSignedIn: user !== null,
      urls: { account: urls.account.home(), login: urls.login() },
    }),
  }
}

function dependenciesOf({ sessionId, user }: Visitor, cart: Cart | null): string[] {
  return [
    topics.session(sessionId!),
    ...(user ? [topics.user(user.id)] : []),
    ...(cart ? [`cart:${cart.id}`, ...cart.lines.map(({ productId }) => topics.product(productId))] : []),
  ]
}

/**
 * Stock is announced when its label changes. Whether there is enough for a line with a larger quantity than the label
 * counts can change without that, so such a cart is not cached.
 */
function isAnnounced(cart: Cart | null, lowThreshold: number): boolean {
  return cart === null || cart.lines.every(({ quantity }) => quantity <= lowThreshold + 1)
}
