import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CartLines } from '#app/components/cart-lines.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { useLatestVersion } from '#app/components/live/use-latest-version.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { useMoney } from '#app/components/shop.ts'
import { deliveryDates } from '#app/components/delivery-dates.ts'
import { buildCheckout } from '#app/domain/checkout/checkout.server.ts'
import type { Checkout } from '#app/domain/checkout/checkout.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { getRequestCart } from '#app/http/session/request-cart.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageMeta(matches, { title: 'Cart', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [{ shopper }, settings] = await Promise.all([getVisitor(request), getSettings()])
  const found = await getRequestCart(context, shopper)
  const checkout = settings && buildCheckout(found, { settings, now: new Date() })
  const arrives = checkout && deliveryDates(checkout.shippingOptions[0]!, settings.locale)
  const cart = found && { id: found.id, version: found.version }
  return data({ cart, checkout, arrives }, { headers: noStore })
}

/** Topics of the cart page. */
export const shouldRevalidate = revalidateOn(['cart'])

export default function CartPage() {
  const page = useLatestVersion(useLoaderData<typeof loader>())
  if (!page.checkout) return <EmptyCart />
  const { cart } = page.checkout
  return (
    <div className="page">
      <header className="page-head">
        <h1>Your cart</h1>
      </header>
      <div className="cart">
        <div>
          {!cart.isReady && (
            <p className="notice notice--warn cart__warning">Some items need your attention.</p>
          )}
          <h2 className="visually-hidden">Items</h2>
          <CartLines lines={cart.lines} />
        </div>
        <Summary checkout={page.checkout} arrives={page.arrives} />
      </div>
    </div>
  )
}

function Summary({ checkout, arrives }: { checkout: Checkout; arrives: string | null }) {
  const money = useMoney()
  const { totals, shippingOptions, cart } = checkout
  return (
    <section className="summary" aria-labelledby="summary">
      <h2 id="summary">Summary</h2>
      <dl className="sums">
        <div className="sum-row">
          <dt>Subtotal</dt>
          <dd className="numeric">{money(totals.subtotal)}</dd>
        </div>
        <div className="sum-row">
          <dt>
            {shippingOptions[0]!.label}
            {arrives && <span className="soft small sum-row__aside">Arrives {arrives}</span>}
          </dt>
          <dd className="numeric">{totals.shippingTotal === 0 ? 'Free' : money(totals.shippingTotal)}</dd>
        </div>
        <div className="sum-row sum-row--total">
          <dt>Total</dt>
          <dd className="numeric">{money(totals.total)}</dd>
        </div>
      </dl>
      {cart.isReady ? (
        <Link to={urls.checkout()} className="button button--primary button--large button--wide">
          Checkout
        </Link>
      ) : (
        <p className="soft small">Fix the items above to check out.</p>
      )}
      <Link to={urls.allProducts()} className="button button--quiet button--wide">
        Continue shopping
      </Link>
    </section>
  )
}

function EmptyCart() {
  return (
    <div className="page">
      <EmptyState art="empty cart" title="Your cart is empty" level="h1">
        <p>Continue shopping to add something.</p>
        <p className="empty__ways">
          <Link to={urls.allProducts()} className="button button--primary">
            Shop all
          </Link>
          <Link to={urls.collections()} className="button">
            Collections
          </Link>
        </p>
      </EmptyState>
    </div>
  )
}
