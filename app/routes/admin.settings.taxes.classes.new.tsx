import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { TaxClassForm } from '#app/components/admin/tax-forms.tsx'
import { classRefusals } from '#app/components/admin/tax-messages.ts'
import { createTaxClass } from '#app/domain/taxes/tax-classes.server.ts'
import { newClassSchema } from '#app/domain/taxes/tax.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('New tax class')

export const loader = () => ({ constraint: constraintsOf(newClassSchema) })

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newClassSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createTaxClass({ ...submission.value, by: staff.id })
  if (!result.ok) return formResponse(submission, classRefusals[result.reason])
  return redirectWithToast(urls.admin.settings('taxes'), {
    kind: 'success',
    text: 'Tax class added. Add its rates, and choose it in its products.',
  })
}

export const shouldRevalidate = revalidateForm

export default function NewTaxClass() {
  const { constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <TaxClassForm
      title="New tax class"
      action={urls.admin.newTaxClass()}
      values={{ title: '' }}
      constraint={constraint}
      answer={answer}
    >
      <button className="button button--primary" type="submit">
        Add class
      </button>
      <Link className="button button--quiet" to={urls.admin.settings('taxes')}>
        Back
      </Link>
    </TaxClassForm>
  )
}
