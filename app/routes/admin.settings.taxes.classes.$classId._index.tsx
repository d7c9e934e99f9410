import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { TaxClassForm } from '#app/components/admin/tax-forms.tsx'
import { classRefusals } from '#app/components/admin/tax-messages.ts'
import { getTaxClass, renameTaxClass } from '#app/domain/taxes/tax-classes.server.ts'
import { classSchema } from '#app/domain/taxes/tax.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.title ?? 'Tax class')

export async function loader({ params }: LoaderFunctionArgs) {
  const { id, title, version } = orNotFound(await getTaxClass(parseId(params.classId)))
  return { id, title, version, constraint: constraintsOf(classSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, classSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await renameTaxClass({ ...submission.value, id: parseId(params.classId), by: staff.id })
  if (!result.ok) return formResponse(submission, classRefusals[result.reason])
  return redirectWithToast(urls.admin.settings('taxes'), { kind: 'success', text: 'Tax class saved.' })
}

export const shouldRevalidate = revalidateForm

export default function TaxClass() {
  const { id, title, version, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <TaxClassForm
      key={version}
      title={title}
      action={`${urls.admin.taxClass(id)}?index`}
      values={{ title }}
      version={version}
      constraint={constraint}
      answer={answer}
    >
      <button className="button button--primary" type="submit">
        Save
      </button>
      <Link className="button button--quiet save-bar__delete" to={urls.admin.deleteTaxClass(id)}>
        Delete class
      </Link>
    </TaxClassForm>
  )
}
