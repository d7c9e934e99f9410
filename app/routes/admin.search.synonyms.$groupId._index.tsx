import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, revalidateForm } from '#app/components/admin/edit-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { synonymRefusal } from '#app/components/admin/synonym-messages.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { getSynonymGroup, updateSynonyms } from '#app/domain/search/edit-synonyms.server.ts'
import { synonymsSchema } from '#app/domain/search/synonyms.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Edit synonyms')

export async function loader({ params }: LoaderFunctionArgs) {
  const { id, words, version } = orNotFound(await getSynonymGroup(parseId(params.groupId)))
  return { id, words: words.join(', '), version, constraint: constraintsOf(synonymsSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, synonymsSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateSynonyms({ ...submission.value, id: parseId(params.groupId), by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.search(), { kind: 'success', text: 'Synonyms saved.' })
  return formResponse(submission, synonymRefusal(result))
}

export const shouldRevalidate = revalidateForm

export default function EditSynonyms() {
  const { id, words, version, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<{ words: string }>({ id: 'synonyms', answer, constraint, values: { words } })
  return (
    <Panel title="Edit synonyms">
      <EditForm
        key={version}
        method="post"
        action={`${urls.admin.searchSynonyms(id)}?index`}
        answer={answer}
        className="fields"
      >
        <CsrfField />
        <input type="hidden" name="version" value={submittedOr(answer, 'version', version)} />
        <ErrorSummary form={form} />
        <Field
          {...form.field('words')}
          label="Words that mean the same"
          hint="Separate with commas."
          autoComplete="off"
        />
        <div className="row-of-actions">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link className="button button--quiet" to={urls.admin.search()}>
            Cancel
          </Link>
        </div>
      </EditForm>
    </Panel>
  )
}
