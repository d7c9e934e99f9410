import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { formatCount } from '#app/domain/intl.ts'
import { createPin, type CreatePinResult, listPins } from '#app/domain/search/edit-pins.server.ts'
import { maxPins, newPinSchema } from '#app/domain/search/pins.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Pinned results')

export async function loader() {
  return { pins: await listPins(), constraint: constraintsOf(newPinSchema) }
}

type Reason = Extract<CreatePinResult, { ok: false }>['reason']

const refusals = {
  'no-letters': { errors: { query: ['Enter a query with letters or digits.'] } },
  'too-many': { problem: `There can be pinned results for at most ${maxPins} queries.` },
} satisfies Record<Reason, { problem: string } | { errors: Record<string, string[]> }>

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newPinSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createPin({ ...submission.value, by: staff.id })
  if (!result.ok) return formResponse(submission, refusals[result.reason])
  return redirectWithToast(
    urls.admin.searchPin(result.id),
    result.isNew
      ? { kind: 'success', text: 'Query added. Now choose its products.' }
      : { kind: 'info', text: 'This query has pinned results already.' },
  )
}

export default function Pins() {
  const { pins, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<{ query: string }>({ id: 'pin', answer, constraint })
  return (
    <>
      <Panel title="Pin results to a query">
        <EditForm
          method="post"
          action={`${urls.admin.searchPins()}?index`}
          answer={answer}
          className="fields"
        >
          <CsrfField />
          <ErrorSummary form={form} />
          <Field
            {...form.field('query')}
            label="Search query"
            hint="As customers type it. Case, accents and punctuation make no difference."
            autoComplete="off"
          />
          <div className="row-of-actions">
            <button className="button button--primary" type="submit">
              Choose products
            </button>
          </div>
        </EditForm>
      </Panel>
      <Panel title="Queries" flush>
        {pins.length === 0 ? (
          <EmptyState icon="search" title="No pinned results yet">
            <p>
              Choose which products come first for a query, such as your bestsellers for “gift”. They are
              shown even if the word is not in their texts; the other results follow.
            </p>
          </EmptyState>
        ) : (
          <ul className="lines lines--order" role="list">
            {pins.map(({ id, query, shown }) => (
              <li key={id}>
                <span>
                  <Link className="list__link" to={urls.admin.searchPin(id)} dir="auto">
                    {query}
                  </Link>
                  <span className="sub">
                    {shown === 0 ? 'No products shown' : formatCount(shown, 'product')}
                  </span>
                </span>
                <ActionForm to={urls.admin.deleteSearchPin(id)} look="button button--small">
                  Delete<span className="visually-hidden"> {query}</span>
                </ActionForm>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}
