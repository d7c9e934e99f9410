import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { ExpiredLink } from '#app/components/expired-link.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { confirmStockAlert, findAlertToConfirm } from '#app/domain/stock-alerts/request-alert.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'link' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Confirm your email', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const alert = await findAlertToConfirm(token)
  const shown = alert && {
    email: alert.email,
    name: [alert.title, alert.variantTitle].filter(Boolean).join(', '),
  }
  return data({ token, alert: shown }, { headers: noStore })
}

/** Opening the link changes nothing, because email clients prefetch links; the button does. */
export async function action({ request, params }: ActionFunctionArgs) {
  const submission = await parseForm(request, z.object({}))
  const alert = await findAlertToConfirm(params.token!)
  if (!alert || !(await confirmStockAlert(params.token!)))
    return formResponse(submission, {
      problem: 'This link has expired or was already used. Ask again on the product’s page.',
    })
  const text = `We’ll email ${alert.email} when it’s back in stock.`
  return redirectWithToast(urls.product(alert.handle, alert.variantId), { kind: 'success', text })
}

export default function ConfirmStockAlertPage() {
  const { token, alert } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Confirm your email</h1>
      {alert === null ? (
        <ExpiredLink to={urls.allProducts()} label="open the product" />
      ) : (
        <ServerForm
          action={urls.confirmStockAlert(token)}
          answer={answer}
          submit="Notify me"
          busy="Confirming…"
        >
          <p>
            Email <strong>{alert.email}</strong> once when <bdi>{alert.name}</bdi> is back in stock.
          </p>
        </ServerForm>
      )}
    </>
  )
}
