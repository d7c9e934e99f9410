import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { synonymRefusal } from '#app/components/admin/synonym-messages.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { createSynonyms, listSynonymGroups } from '#app/domain/search/edit-synonyms.server.ts'
import { newSynonymsSchema } from '#app/domain/search/synonyms.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Synonyms')

export async function loader() {
  return { groups: await listSynonymGroups(), constraint: constraintsOf(newSynonymsSchema) }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newSynonymsSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createSynonyms({ ...submission.value, by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.search(), { kind: 'success', text: 'Synonyms added.' })
  return formResponse(submission, synonymRefusal(result))
}

export default function Synonyms() {
  const { groups } = useLoaderData<typeof loader>()
  return (
    <>
      <AddForm />
      <Panel title="Synonyms" flush>
        {groups.length === 0 ? (
          <EmptyState icon="search" title="No synonyms yet">
            <p>
              Customers may use other words than your products do. With “sofa, couch” as synonyms, a search
              for “couch” also finds products that are called sofas, and the other way around.
            </p>
          </EmptyState>
        ) : (
          <ul className="lines lines--order" role="list">
            {groups.map(({ id, words }) => (
              <li key={id}>
                <Link className="list__link" to={urls.admin.searchSynonyms(id)} dir="auto">
                  {words.join(', ')}
                </Link>
                <ActionForm to={urls.admin.deleteSearchSynonyms(id)} look="button button--small">
                  Delete<span className="visually-hidden"> {words.join(', ')}</span>
                </ActionForm>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}

function AddForm() {
  const { constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<{ words: string }>({ id: 'synonyms', answer, constraint })
  return (
    <Panel title="Add synonyms">
      <EditForm method="post" action={`${urls.admin.search()}?index`} answer={answer} className="fields">
        <CsrfField />
        <ErrorSummary form={form} />
        <Field
          {...form.field('words')}
          label="Words that mean the same"
          hint="Separate with commas, for example: sofa, couch, settee. Phrases work too, such as “sofa bed”."
          autoComplete="off"
        />
        <div className="row-of-actions">
          <button className="button button--primary" type="submit">
            Add synonyms
          </button>
        </div>
      </EditForm>
    </Panel>
  )
}
