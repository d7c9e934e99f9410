import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CartLines } from '#app/components/cart-lines.tsx'
import { PromotionCodes } from '#app/components/checkout/promotion-codes.tsx'
import { type Estimate, ShippingEstimate } from '#app/components/checkout/shipping-estimate.tsx'
import { TotalsList } from '#app/components/checkout/totals-list.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { useLatestVersion } from '#app/components/live/use-latest-version.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { deliveryDates } from '#app/components/delivery-dates.ts'
import type { Checkout } from '#app/domain/checkout/checkout.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressForm } from '#app/domain/shipping/address-form.server.ts'
import { countryLines, countryName, listCountries } from '#app/domain/shipping/countries.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { getRequestCart, getRequestCheckout } from '#app/http/session/request-cart.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageMeta(matches, { title: 'Cart', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [{ shopper }, settings] = await Promise.all([getVisitor(request), getSettings()])
  const [found, checkout] = await Promise.all([
    getRequestCart(context, shopper),
    getRequestCheckout(context, shopper),
  ])
  const cart = found && { id: found.id, version: found.version }
  if (!checkout || !settings) return data({ cart, checkout: null, estimate: null }, { headers: noStore })
  const { country } = checkout.destination
  const isAsked = new URL(request.url).searchParams.has('estimate')
  const estimate = {
    isKnown: checkout.cart.destination.country !== '',
    place: countryName(country, settings.locale),
    form: isAsked
      ? {
          countries: countryLines(listCountries(checkout.countries, settings.locale)),
          region: addressForm(country).fields.find(({ name }) => name === 'region') ?? null,
        }
      : null,
    arrives: checkout.options.map((option) => deliveryDates(option, settings.locale)),
  }
  return data({ cart, checkout, estimate }, { headers: noStore })
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
        <Summary checkout={page.checkout} estimate={page.estimate} />
      </div>
    </div>
  )
}

function Summary({ checkout, estimate }: { checkout: Checkout; estimate: Estimate }) {
  const { totals, promotions, cart } = checkout
  return (
    <section className="summary" aria-labelledby="summary">
      <h2 id="summary">Summary</h2>
      <TotalsList
        totals={totals}
        totalLabel={estimate.isKnown ? 'Total' : 'Estimated total'}
        arrives={estimate.arrives[0]}
      />
      <PromotionCodes promotions={promotions} place="cart" />
      <ShippingEstimate checkout={checkout} estimate={estimate} />
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
