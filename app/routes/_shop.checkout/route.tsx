import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CheckoutBody } from '#app/components/checkout/checkout-body.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { checkoutSchema } from '#app/domain/checkout/checkout.schema.ts'
import type { PlaceOrderRefusal } from '#app/domain/checkout/checkout.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { findOrderOfCart } from '#app/domain/billing/unpaid-order.server.ts'
import { getSettings, readSettings } from '#app/domain/settings/settings.server.ts'
import { addressForm } from '#app/domain/shipping/address-form.server.ts'
import { countryLines, listCountries } from '#app/domain/shipping/countries.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { log } from '#app/http/server/log.ts'
import { limitOrders } from '#app/http/forms/limit-orders.server.ts'
import { parseAddressForm, updatedForm } from '#app/http/forms/parse-address-form.server.ts'
import { paymentPageOf } from '#app/http/forms/payment-page.server.ts'
import { getRequestCheckout } from '#app/http/session/request-cart.server.ts'
import { changeCodes, describeQuote, quoteForm, readTyped } from '#app/http/forms/quote-checkout.server.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { getKnown, readConsent, saveConsent } from './known-details.server.ts'

export const handle = { access: 'everyone', limits: { action: 'checkout' } } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageMeta(matches, { title: 'Checkout', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [{ shopper, user }, found] = await Promise.all([getVisitor(request), getSettings()])
  const settings = orNotFound(found)
  const estimated = await getRequestCheckout(context, shopper)
  if (!estimated || !shopper) {
    // Back from the payment page, or a change of totals that is answered after the order was placed: its answer would
    // take the shopper from the receipt to an empty cart.
    const order = shopper && (await findOrderOfCart(shopper))
    throw redirect(order ? urls.order(order) : urls.cart(), 303)
  }
  const countries = listCountries(estimated.countries, settings.locale)
  const known = await getKnown(user?.id, countries, new URL(request.url).searchParams.get('address'))
  const { cart, destination } = estimated
  const quote = known?.address
    ? await quoteForm(shopper, settings, { ...known.address, email: known.profile.email })
    : describeQuote(estimated, settings)
  return data(
    {
      action: urls.checkout(),
      isDraft: false,
      shippingMethod: '',
      quote: quote!,
      countries: countryLines(countries),
      known,
      consent: await readConsent(shopper, cart, settings),
      initial: { ...destination, postcode: cart.destination.postcode },
      addressForm: addressForm(known?.address?.country ?? destination.country),
    },
    { headers: noStore },
  )
}

/**
 * Places the order. A refusal is shown on the same page, with the submitted values and the totals for them. "Update",
 * and a code that is applied or removed, place nothing.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const settings = orNotFound(await readSettings())
  const [parsed, { shopper }] = await Promise.all([
    parseAddressForm(request, checkoutSchema),
    getVisitor(request),
  ])
  const { submission, addressForm } = parsed
  const typed = readTyped(submission.payload)
  const codes = shopper && (await changeCodes(shopper, submission.payload, context.ip))
  const answerWith = async (refusal: Exclude<PlaceOrderRefusal, 'already-placed'> | null) => {
    const checkout = shopper && (await quoteForm(shopper, settings, typed))
    return { addressForm, refusal, checkout }
  }
  const placesNothing = codes !== null || parsed.isUpdate || submission.status !== 'success'
  if (shopper && placesNothing) await saveConsent(shopper, submission.payload, { settings, ip: context.ip })
  if (codes?.errors) return formResponse(submission, { errors: codes.errors }, await answerWith(null))
  if (codes || parsed.isUpdate) return updatedForm(parsed, await answerWith(null))
  if (submission.status !== 'success') return formResponse(submission, {}, await answerWith(null))
  const result =
    shopper === null
      ? { ok: false as const, reason: 'empty-cart' as const }
      : await placeCounted({ shopper, form: submission.value, settings, now: new Date() }, context)
  if (result.ok) {
    const page = submission.value.payment === 'stripe' && (await paymentPageOf(result.orderId))
    return redirect(page || urls.order(result.token), { status: 303, headers: noStore })
  }
  if (result.reason === 'already-placed')
    return redirectWithToast(urls.order(result.token), {
      kind: 'info',
      text: 'This order was already placed. You were not charged twice.',
    })
  return formResponse(submission, {}, await answerWith(result.reason))
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
  return (
    <CheckoutBody
      title="Checkout"
      page={useLoaderData<typeof loader>()}
      answer={useActionData<typeof action>()}
    />
  )
}
