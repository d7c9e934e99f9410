import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { StockAlertFields } from '#app/components/stock-alert-fields.tsx'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { isEmailServiceSet } from '#app/domain/mail/delivery.server.ts'
import { requestStockAlert } from '#app/domain/stock-alerts/request-alert.server.ts'
import { stockAlertSchema } from '#app/domain/stock-alerts/stock-alerts.schema.ts'
import { getVariantForAlert } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { limitAlerts } from '#app/http/forms/email-request-action.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Notify me when it’s back', isPrivate: true })

export const headers = () => noStore

type Asked = Pick<LoaderFunctionArgs, 'request' | 'params'>

async function findVariant({ request, params }: Asked) {
  const asked = new URL(request.url).searchParams.get('variant') ?? ''
  const variantId = /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null
  return variantId === null ? null : getVariantForAlert(params.handle!, variantId)
}

/** The form alone: where it is shown again after an error without JavaScript. */
export async function loader(asked: LoaderFunctionArgs) {
  const variant = await findVariant(asked)
  if (!variant) return redirect(urls.product(asked.params.handle!), 303)
  return data({ variant }, { headers: noStore })
}

/** The same answer for every address, whether it has asked before or not. */
export async function action(asked: ActionFunctionArgs) {
  const { request, context } = asked
  const submission = await parseForm(request, stockAlertSchema)
  const variant = orNotFound(await findVariant(asked))
  if (submission.status !== 'success') return formResponse(submission)
  const { email } = submission.value
  const { user } = await getVisitor(request)
  const profile = user && (await getProfile(user.id))
  const isVerified = profile?.email === email && profile.emailVerifiedAt !== null
  if (!isVerified) await limitAlerts(context.ip, email)
  const { handle: product, variantId } = variant
  const result = await requestStockAlert({ product, variantId, email, isVerified })
  const page = urls.product(product, variantId)
  if (!result.ok) {
    if (result.reason === 'not-found') throw orNotFound(null)
    return redirectWithToast(page, { kind: 'info', text: 'It’s back in stock already.' })
  }
  if (isVerified)
    return redirectWithToast(page, { kind: 'success', text: `We’ll email ${email} when it’s back in stock.` })
  const text = isEmailServiceSet()
    ? `Check your inbox at ${email} to confirm your email.`
    : `We saved your request for ${email}.`
  return redirectWithToast(page, { kind: 'info', text })
}

export default function StockAlertPage() {
  const { variant } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const isBusy = useNavigation().state !== 'idle'
  const { handle: product, variantId, title, variantTitle } = variant
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>Notify me when it’s back</h1>
        <p className="soft">
          We’ll email you once when <bdi>{[title, variantTitle].filter(Boolean).join(', ')}</bdi> is back in
          stock.
        </p>
      </header>
      <Form method="post" action={urls.stockAlert(product, variantId)} className="door__form" noValidate>
        <ErrorSummary form={formFields({ answer })} />
        <StockAlertFields answer={answer} isBusy={isBusy} isMain />
      </Form>
      <p className="door__ways">
        <Link to={urls.product(product, variantId)}>Back to the product</Link>
      </p>
    </div>
  )
}
