import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { ReorderButton } from '#app/components/reorder-button.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import { dateFormat } from '#app/domain/intl.ts'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { refreshPayment } from '#app/domain/billing/unpaid-order.server.ts'
import { listInvoices } from '#app/domain/invoices/invoices.server.ts'
import { getOrderByToken, listMessages } from '#app/domain/orders/orders.server.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { canBeCanceledByCustomer, isInTransit } from '#app/domain/orders/order-states.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { AccountOffer } from './account-offer.tsx'
import { Facts } from './facts.tsx'
import { Messages } from './messages.tsx'
import { NextSteps } from './next-steps.tsx'
import { OrderLines } from './order-lines.tsx'
import { Progress } from './progress.tsx'
import { Refunds } from './refunds.tsx'
import { getRefundsAndReturns } from './refunds-and-returns.server.ts'
import { Returns } from './returns.tsx'

export const handle = {
  access: 'everyone',
  reloadSeconds: ({ order }: { order: Parameters<typeof isInTransit>[0] }) =>
    isInTransit(order) ? 60 : null,
} satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? pageMeta(matches, { title: `Order ${data.name}`, isPrivate: true }) : []

export const headers = () => noStore

/**
 * The receipt, for anyone with its URL: a random token that only the buyer and the store know. Live updates need a
 * browser with a session, such as the one that ordered.
 */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const position = livePosition()
  const [found, settings, { sessionId, user }] = await Promise.all([
    getRefreshedOrder(params.token!),
    getSettings(),
    getVisitor(request),
  ])
  const receipt = orNotFound(found)
  const shop = orNotFound(settings)
  const day = dateFormat(shop.locale, { dateStyle: 'long', timeZone: shop.timeZone })
  const { order, hasInvoices, hasMessages } = receipt
  const [invoices, messages, refundsAndReturns] = await Promise.all([
    hasInvoices ? listInvoices(order.id) : [],
    hasMessages ? listMessages(order.id) : [],
    getRefundsAndReturns(receipt, { returnDays: shop.returnDays, day }),
  ])
  const time = dateFormat(shop.locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: shop.timeZone })
  return data(
    {
      ...receipt,
      invoices,
      name: orderName(order),
      /** A guest's order, viewed by a visitor who is not signed in. */
      canBeginAccount: user === null && order.userId === null,
      placedOn: day.format(order.placedAt),
      canceledOn: order.canceledAt && day.format(order.canceledAt),
      fulfillments: receipt.fulfillments
        .filter(({ canceledAt }) => canceledAt === null)
        .map((one) => ({
          ...one,
          sentOn: day.format(one.createdAt),
          deliveredOn: one.deliveredAt && day.format(one.deliveredAt),
        })),
      ...refundsAndReturns,
      messages: messages.map(({ id, text, createdAt }) => ({ id, text, on: day.format(createdAt) })),
      shipTo: addressLines(shippingAddress(order), shop.locale),
      storeAddress: order.isPickup ? shop.contactAddress : '',
      payUntil: order.payBy && time.format(order.payBy),
      bankDetails: order.paymentMethod === 'bank-transfer' ? shop.bankDetails : '',
      live: grantToVisitor(request, {
        sessionId,
        position,
        topics: [topics.order(order.id, order.version)],
      }),
    },
    { headers: noStore },
  )
}

/** After the payment page the customer returns here, often before the provider's message. */
async function getRefreshedOrder(token: string) {
  const found = await getOrderByToken(token)
  const provider = paymentProvider()
  const attempt = found && (await refreshPayment(found.order, provider))
  const receipt = attempt ? await getOrderByToken(token) : found
  return receipt && { ...receipt, isProcessing: attempt === 'processing', acceptsCards: provider !== null }
}

export const shouldRevalidate = revalidateOn(['order'])

export type ReceiptPage = ReturnType<typeof useLoaderData<typeof loader>>

export default function Receipt() {
  const receipt = useLoaderData<typeof loader>()
  const { order } = receipt
  const shop = useShop()
  return (
    <div className="page receipt">
      <header className="receipt__head">
        <p className="soft">
          Order {receipt.name} · {receipt.placedOn}
        </p>
        <h1>
          {receipt.canceledOn ? 'This order was canceled' : `Thank you, ${order.shipName.split(' ')[0]}`}
        </h1>
        <p>
          {receipt.canceledOn ? (
            <>Canceled on {receipt.canceledOn}. Nothing will be shipped.</>
          ) : (
            <>
              {shop?.sendsEmail && (
                <>
                  We’ve emailed a confirmation to <strong>{order.email}</strong>.{' '}
                </>
              )}
              Bookmark this page for updates.
            </>
          )}
        </p>
      </header>
      <Progress order={order} fulfillments={receipt.fulfillments} />
      {!receipt.canceledOn && <NextSteps receipt={receipt} />}
      <Messages messages={receipt.messages} />
      <OrderLines receipt={receipt} />
      <Refunds refunds={receipt.refunds} />
      <Returns token={order.token} returns={receipt.returns} />
      <Facts receipt={receipt} />
      {receipt.canBeginAccount && <AccountOffer email={order.email} />}
      <div className="no-print receipt__ways">
        <Link to={urls.allProducts()} className="button">
          Continue shopping
        </Link>
        <ReorderButton order={order} />
        {receipt.canReturn && (
          <Link to={urls.returnItems(order.token)} className="button button--quiet">
            Return items
          </Link>
        )}
        {canBeCanceledByCustomer(order) && (
          <Link to={urls.cancelOwnOrder(order.token)} className="button button--quiet">
            Cancel order
          </Link>
        )}
      </div>
    </div>
  )
}
