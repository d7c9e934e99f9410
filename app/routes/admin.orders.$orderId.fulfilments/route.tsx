import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { Thumb } from '#app/components/admin/thumb.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { fulfilOrder, type FulfilResult } from '#app/domain/orders/fulfil-order.server.ts'
import { canBeFulfilled, orderName } from '#app/domain/orders/orders.ts'
import { fulfilSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Fulfil items')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order, lines } = orNotFound(await getOrder(idOf(params.orderId)))
  const open = lines.filter((line) => line.fulfilledQuantity < line.quantity)
  return { order, open, constraint: constraintsOf(fulfilSchema) }
}

const refusals = {
  stale:
    'Somebody changed this order since you opened it, so nothing was sent. Open the order again and look.',
  'not-fulfillable': 'This order is cancelled or complete, so nothing was sent.',
  'nothing-chosen': 'Enter how many you send of at least one item.',
  'more-than-ordered': 'That is more than was ordered and is still open. Nothing was sent.',
} satisfies Record<Exclude<Extract<FulfilResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const orderId = idOf(params.orderId)
  const submission = await parseForm(request, fulfilSchema)
  if (submission.status !== 'success') return badForm(submission)
  const result = await fulfilOrder(orderId, submission.value, staff.id)
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), {
      kind: 'success',
      text: result.state === 'fulfilled' ? 'The order is complete.' : 'Sent. Some items are still open.',
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  return badForm(submission, [refusals[result.reason]])
}

type Values = {
  lines: { orderLineId: string; quantity: string }[]
  carrier: string
  trackingNumber: string
  trackingUrl: string
}

export default function Fulfilments() {
  const { order, open } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const isPossible = canBeFulfilled(order)
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title="Fulfil items"
        about={`To ${order.shipName}, ${order.shipCity}`}
      />
      {isPossible || result ? (
        <FulfilForm key={open.map((line) => line.id).join()} />
      ) : (
        <Panel>
          <p>
            There is nothing to send. <Link to={urls.admin.order(order.id)}>Back to the order</Link>
          </p>
        </Panel>
      )}
    </>
  )
}

function FulfilForm() {
  const { order, open, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<Values>({
    id: 'fulfilment',
    result,
    constraint,
    values: {
      lines: open.map((line) => ({
        orderLineId: String(line.id),
        quantity: String(line.quantity - line.fulfilledQuantity),
      })),
      carrier: '',
      trackingNumber: '',
      trackingUrl: '',
    },
  })
  const rows = fields.lines.getFieldList()
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <input type="hidden" name="version" value={keptOr(result, 'version', order.version)} />
      <ErrorSummary form={form} />
      <Panel title="What you send" flush>
        <ul className="lines" role="list">
          {open.map((line, index) => {
            const row = rows[index]?.getFieldset()
            const left = line.quantity - line.fulfilledQuantity
            return (
              <li key={line.id}>
                <span className="with-thumb">
                  <Thumb image={line.image} words={line.title} />
                  <span>
                    <b dir="auto">{line.title}</b>
                    <span className="sub" dir="auto">
                      {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                </span>
                <span className="lines__quantity">{left} open</span>
                <span>
                  <input type="hidden" name={`lines[${index}].orderLineId`} value={line.id} />
                  {row && (
                    <TextField
                      field={row.quantity}
                      label={`How many of ${line.title}`}
                      silentLabel
                      type="number"
                      min={0}
                      max={left}
                    />
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      </Panel>
      <Panel title="How it travels">
        <div className="fields">
          <div className="fields fields--2">
            <TextField field={fields.carrier} label="Carrier (optional)" list="carriers" autoComplete="off" />
            <TextField field={fields.trackingNumber} label="Tracking number (optional)" autoComplete="off" />
          </div>
          <TextField
            field={fields.trackingUrl}
            label="Tracking link (optional)"
            hint="The shopper gets it in the mail. It begins with https://"
            type="url"
          />
          <datalist id="carriers">
            {[
              'DHL',
              'DPD',
              'GLS',
              'Hermes',
              'UPS',
              'FedEx',
              'Royal Mail',
              'PostNL',
              'Österreichische Post',
              'USPS',
            ].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </div>
      </Panel>
      <div className="save-bar">
        <button className="button button--primary" type="submit">
          Mark as sent
        </button>
        <Link className="button button--quiet" to={urls.admin.order(order.id)}>
          Back
        </Link>
        <p className="save-bar__note">{order.email} gets a mail about it.</p>
      </div>
    </Form>
  )
}
