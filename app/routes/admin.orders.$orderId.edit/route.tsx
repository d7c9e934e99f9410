import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { chosenVariants } from '#app/components/admin/typed-variants.ts'
import { formatMoney, toDecimal } from '#app/domain/money.ts'
import { editOrder, type EditRefusal } from '#app/domain/order-edits/edit-order.server.ts'
import { previewEdit } from '#app/domain/order-edits/quote-edit.server.ts'
import { findVariants } from '#app/domain/products/find-variants.server.ts'
import { orderEditSchema } from '#app/domain/order-edits/order-edit.schema.ts'
import { canBeEdited } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse, searchResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { OrderEditForm } from './order-edit-form.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Edit order')

export async function loader({ params }: LoaderFunctionArgs) {
  const [found, settings] = await Promise.all([getOrder(parseId(params.orderId)), getSettings()])
  const { order, lines } = orNotFound(found)
  const shop = orNotFound(settings)
  return {
    order,
    lines,
    shipping: toDecimal(order.shippingTotal, shop),
    constraint: constraintsOf(orderEditSchema(shop)),
  }
}

export const shouldRevalidate = revalidateForm

const refusals = {
  stale: 'Someone else changed this order, so nothing was saved. Reload the order.',
  'not-editable': 'This order was shipped, refunded or canceled, so nothing was saved.',
  'no-lines': 'An order needs at least one item. To remove everything, cancel the order.',
  'units-refunded': 'Some of these units are part of a refund that failed. Keep them, or retry the refund.',
  'variant-unavailable': 'One of the added items is not for sale at the moment.',
  'out-of-stock': 'There is not enough stock for these quantities. Nothing was saved.',
  'amount-too-large': 'This quantity or total is too large.',
  'nothing-changed': 'Nothing was changed.',
} satisfies Record<Exclude<EditRefusal, 'not-found' | 'total-changed'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const shop = orNotFound(await getSettings())
  const submission = await parseForm(request, orderEditSchema(shop))
  const { payload } = submission
  const found = await findVariants(
    typeof payload.q === 'string' ? payload.q : '',
    chosenVariants(payload.added),
  )
  if (payload.find === 'on') return searchResponse(submission, { found, preview: null })
  if (submission.status !== 'success') return formResponse(submission, {}, { found, preview: null })
  const { shipping, shownTotal, ...form } = submission.value
  const edit = { ...form, shipping }
  const quote = orNotFound(await previewEdit(orderId, edit))
  if (!quote.ok)
    return formResponse(submission, { problem: refusals[quote.reason] }, { found, preview: null })
  const preview = quote.totals.named
  if (form.update) return searchResponse(submission, { found, preview })
  const result = await editOrder({ ...edit, orderId, shownTotal: Number(shownTotal), by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), {
      kind: 'success',
      text: `Order updated. The total is now ${formatMoney(result.total, shop)}.`,
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  const problem =
    result.reason === 'total-changed'
      ? `The new total is ${formatMoney(preview.total, shop)}. Check it and save again.`
      : refusals[result.reason]
  return formResponse(submission, { problem }, { found, preview })
}

export default function EditOrder() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { order } = page
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title="Edit items"
        about="Prices, tax rates and promotions of the order are kept. Added items have today’s price."
      />
      {canBeEdited(order) || result ? (
        <OrderEditForm page={page} result={result} />
      ) : (
        <Panel>
          <p>
            This order was shipped, refunded or canceled, so its items can’t be edited.{' '}
            <Link to={urls.admin.order(order.id)}>Back to order</Link>
          </p>
        </Panel>
      )}
    </>
  )
}
