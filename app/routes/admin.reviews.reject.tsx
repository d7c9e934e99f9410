import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { TextArea } from '#app/components/admin/fields.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SelectedReviews } from '#app/components/admin/selected-reviews.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { formatCount } from '#app/domain/intl.ts'
import { rejectReviews } from '#app/domain/reviews/moderate-reviews.server.ts'
import { rejectionSchema } from '#app/domain/reviews/reviews.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { readSelection, redirectAfter } from '#app/http/forms/review-selection.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'reviews' } satisfies RouteHandle

export const meta = () => adminMeta('Reject reviews')

export async function loader({ request }: LoaderFunctionArgs) {
  return { reviews: await readSelection(request), constraint: constraintsOf(rejectionSchema) }
}

export async function action({ request }: ActionFunctionArgs) {
  const { id: by } = await requireUser(request)
  const submission = await parseForm(request, rejectionSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { review: selected, reason } = submission.value
  return redirectAfter(await rejectReviews({ selected, reason, by }), 'rejected')
}

export default function RejectReviews() {
  const { reviews, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [params] = useSearchParams()
  const form = formFields<{ reason: string }>({ answer, constraint })
  const count = formatCount(reviews.length, 'review')
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.reviews(), label: 'Reviews' }]}
        title={`Reject ${count}?`}
        about="They are not shown, and their authors receive the reason."
      />
      <Form method="post" action={`${urls.admin.rejectReviews()}?${params}`} className="settings" noValidate>
        <CsrfField />
        <ErrorSummary form={form} />
        <Panel>
          <SelectedReviews reviews={reviews} />
          <div className="fields apart">
            <TextArea
              {...form.field('reason')}
              label="Reason"
              hint="The authors read it. They can change their reviews and send them again."
            />
          </div>
          <div className="row-of-actions apart">
            <button className="button button--danger" type="submit">
              Reject {count}
            </button>
            <Link className="button button--quiet" to={urls.admin.reviews()}>
              Cancel
            </Link>
          </div>
        </Panel>
      </Form>
    </>
  )
}
