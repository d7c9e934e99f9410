import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { deliveryDates } from '#app/components/delivery-dates.ts'
import { fieldOf } from '#app/components/form-fields.ts'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { listAddresses } from '#app/domain/accounts/addresses.server.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { checkoutSchema } from '#app/domain/checkout/checkout.schema.ts'
import { buildCheckout } from '#app/domain/checkout/checkout.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { getSettings, readSettings } from '#app/domain/settings/settings.server.ts'
import { addressForm, formValues } from '#app/domain/shipping/address-form.server.ts'
import { type Country, countryLines, listCountries, defaultCountry } from '#app/domain/shipping/countries.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { log } from '#app/http/server/log.ts'
import { limitOrders } from '#app/http/forms/limit-orders.server.ts'
import { parseAddressForm, updatedForm } from '#app/http/forms/parse-address-form.server.ts'
import { getRequestCart } from '#app/http/session/request-cart.server.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { CheckoutForm } from './checkout-form.tsx'
import { FoldedOrderSummary, OrderSummary } from './order-summary.tsx'
import { RefusalNotice } from './refusal-notice.tsx'

export const handle = { access: 'everyone', limits: { action: 'checkout' } } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageMeta(matches, { title: 'Checkout', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [{ shopper, user }, found] = await Promise.all([getVisitor(request), getSettings()])
  const settings = orNotFound(found)
  const cart = await getRequestCart(context, shopper)
  const checkout = buildCheckout(cart, { settings, now: new Date() })
  if (!checkout) throw redirect(urls.cart(), 303)
  const countries = listCountries(checkout.countries, settings.locale)
  const known = await getKnown(user?.id, countries, new URL(request.url).searchParams.get('address'))
  const initialCountry = defaultCountry(countries, settings.locale)
  return data(
    {
      ...checkout,
      shippingOptions: checkout.shippingOptions.map((option) => ({
        ...option,
        arrives: deliveryDates(option, settings.locale),
      })),
      countries: countryLines(countries),
      known,
      initialCountry,
      addressForm: addressForm(known?.address?.country ?? initialCountry),
    },
    { headers: noStore },
  )
}

/**
 * Details of a signed-in customer: name and email, the addresses the store ships to, and the selected one, by default
 * the first. Another customer's address is a 404.
 */
async function getKnown(userId: number | undefined, countries: readonly Country[], chosen: string | null) {
  if (userId === undefined) return null
  const [profile, book] = await Promise.all([getProfile(userId), listAddresses(userId)])
  const addresses = book.filter(({ country }) => countries.some(({ code }) => code === country))
  const address =
    chosen === null ? addresses[0] : orNotFound(addresses.find(({ id }) => String(id) === chosen))
  return { profile: orNotFound(profile), addresses, address: address ? formValues(address) : null }
}

/** Places the order. A refusal is shown on the same page, with the submitted values. */
export async function action({ request, context }: ActionFunctionArgs) {
  const settings = orNotFound(await readSettings())
  const parsed = await parseAddressForm(request, checkoutSchema)
  if (parsed.isUpdate) return updatedForm(parsed, { refusal: null })
  const { submission, addressForm } = parsed
  if (submission.status !== 'success') return formResponse(submission, {}, { addressForm, refusal: null })
  const { shopper } = await getVisitor(request)
  const result =
    shopper === null
      ? { ok: false as const, reason: 'empty-cart' as const }
      : await placeCounted({ shopper, form: submission.value, settings, now: new Date() }, context)
  if (result.ok) return redirect(urls.order(result.token), { status: 303, headers: noStore })
  if (result.reason === 'already-placed')
    return redirectWithToast(urls.order(result.token), {
      kind: 'info',
      text: 'This order was already placed. You were not charged twice.',
    })
  return formResponse(submission, {}, { addressForm, refusal: result.reason })
}

async function placeCounted(placing: Parameters<typeof placeOrder>[0], { ip, requestId }: AppLoadContext) {
  const { shopper, form } = placing
  const counted = await limitOrders({ ip, email: form.email, shopper })
  const result = await placeOrder(placing)
  if (result.ok && result.isNew) log.info({ requestId, orderId: result.orderId }, 'order placed')
  else await counted.refund()
  return result
}

/**
 * By default nothing is revalidated after a refused action; here the new total has to be shown. A cart change in
 * another tab is reported when the form is submitted, instead of changing the total while the shopper is filling it
 * in.
 */
export const shouldRevalidate = revalidateOn([], true)

export default function CheckoutPage() {
  const checkout = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  return (
    <div className="page">
      <div className="checkout">
        <FoldedOrderSummary checkout={checkout} />
        <div className="checkout__main">
          <h1 className="checkout__title">Checkout</h1>
          {(outcome?.refusal || !checkout.cart.isReady) && (
            <RefusalNotice
              reason={outcome?.refusal ?? 'lines-unavailable'}
              shownTotal={fieldOf(outcome, 'shownTotal').defaultValue}
              checkout={checkout}
            />
          )}
          <CheckoutForm key={checkout.known?.address?.id} checkout={checkout} answer={outcome} />
        </div>
        <OrderSummary checkout={checkout} />
      </div>
    </div>
  )
}
