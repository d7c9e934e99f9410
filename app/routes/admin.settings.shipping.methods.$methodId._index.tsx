import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { MethodForm } from '#app/components/admin/method-form.tsx'
import { methodValues } from '#app/components/admin/method-values.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { methodMessages } from '#app/components/admin/zone-messages.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { getMethod, updateMethod } from '#app/domain/shipping/methods.server.ts'
import { describeMethod } from '#app/domain/shipping/zone-words.ts'
import { maxTiers, methodSchema } from '#app/domain/shipping/zone.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.title ?? 'Shipping method')

export async function loader({ params }: LoaderFunctionArgs) {
  const [found, settings] = await Promise.all([getMethod(parseId(params.methodId)), getSettings()])
  const { method, zone } = orNotFound(found)
  const shop = orNotFound(settings)
  return {
    ...describeMethod(method, shop),
    ...{ version: method.version, zone },
    values: methodValues(method, shop),
    form: {
      ...{ storeAddress: shop.contactAddress, currency: shop.currency, maxTiers },
      constraint: constraintsOf(methodSchema(shop)),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, methodSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return formResponse(submission)
  const id = parseId(params.methodId)
  const result = await updateMethod({ ...submission.value, id, by: staff.id })
  if (!result.ok) return formResponse(submission, { problem: methodMessages[result.reason] })
  return redirectWithToast(urls.admin.shippingMethod(id), { kind: 'success', text: 'Saved.' })
}

export const shouldRevalidate = revalidateForm

export default function Method() {
  const { id, version, zone, title, price, gaps, values, form } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.settings('shipping'), label: 'Shipping' },
          { to: urls.admin.shippingZone(zone.id), label: zone.title },
        ]}
        title={title}
        about={price}
      />
      <div className="settings">
        {gaps && (
          <p className="notice notice--warn">
            <span>There is no rate {gaps}: such orders can’t use this method.</span>
          </p>
        )}
        <MethodForm
          {...form}
          key={version}
          action={`${urls.admin.shippingMethod(id)}?index`}
          version={version}
          values={values}
          answer={answer}
        >
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link className="button button--quiet save-bar__delete" to={urls.admin.deleteShippingMethod(id)}>
            Delete method
          </Link>
        </MethodForm>
      </div>
    </>
  )
}
