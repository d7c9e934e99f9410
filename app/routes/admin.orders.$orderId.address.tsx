import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AddressFields } from '#app/components/address-fields.tsx'
import { EditForm, revalidateForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { orderAddressSchema } from '#app/domain/order-edits/order-edit.schema.ts'
import { changeOrderAddress, type ChangeAddressResult } from '#app/domain/orders/change-address.server.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressForm } from '#app/domain/shipping/address-form.server.ts'
import { countryLines, countryName } from '#app/domain/shipping/countries.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseAddressForm, updatedForm } from '#app/http/forms/parse-address-form.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Edit address')

export async function loader({ params }: LoaderFunctionArgs) {
  const [found, settings] = await Promise.all([getOrder(parseId(params.orderId)), getSettings()])
  const { order } = orNotFound(found)
  const { locale } = orNotFound(settings)
  const { shipCountry: code } = order
  return {
    order,
    initial: { ...shippingAddress(order), email: order.email, phone: order.phone },
    countries: countryLines([{ code, name: countryName(code, locale) }]),
    addressForm: addressForm(code),
  }
}

export const shouldRevalidate = revalidateForm

const refusals = {
  stale: 'Someone else changed this order, so nothing was saved. Reload the order.',
  'not-changeable': 'This order is canceled or shipped, so nothing was saved.',
  'other-country': 'The country can’t be changed, because it decides taxes and shipping. Nothing was saved.',
} satisfies Record<Exclude<Extract<ChangeAddressResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const parsed = await parseAddressForm(request, orderAddressSchema)
  if (parsed.isUpdate) return updatedForm(parsed)
  const { submission, addressForm } = parsed
  if (submission.status !== 'success') return formResponse(submission, {}, { addressForm })
  const result = await changeOrderAddress({ orderId, ...submission.value, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), { kind: 'success', text: 'Address saved.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] }, { addressForm })
}

export default function EditAddress() {
  const { order, initial, countries, addressForm } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<{ email: string }>({ answer, values: { email: initial.email } })
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title="Edit contact and address"
        about="The country can’t be changed, because it decides taxes and shipping."
      />
      <EditForm method="post" answer={answer}>
        <CsrfField />
        <input type="hidden" name="version" value={submittedOr(answer, 'version', order.version)} />
        <ErrorSummary form={form} />
        <Panel>
          <div className="fields">
            <Field {...form.field('email')} label="Email" type="email" maxLength={254} required />
            <AddressFields
              answer={answer}
              initial={initial}
              countries={countries}
              form={answer?.addressForm ?? addressForm}
            />
          </div>
        </Panel>
        <SaveBar>
          <button className="button button--primary" type="submit">
            Save address
          </button>
          <Link className="button button--quiet" to={urls.admin.order(order.id)}>
            Back
          </Link>
        </SaveBar>
      </EditForm>
    </>
  )
}
