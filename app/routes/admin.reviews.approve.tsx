import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { SelectedReviews } from '#app/components/admin/selected-reviews.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { approveReviews } from '#app/domain/reviews/moderate-reviews.server.ts'
import { approvalSchema } from '#app/domain/reviews/reviews.schema.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { readSelection, redirectAfter } from '#app/http/forms/review-selection.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'reviews' } satisfies RouteHandle

export const meta = () => adminMeta('Approve reviews')

/** Asks before several reviews are published; the form of one review is sent without this page. */
export async function loader({ request }: LoaderFunctionArgs) {
  return { reviews: await readSelection(request) }
}

export async function action({ request }: ActionFunctionArgs) {
  const { id: by } = await requireUser(request)
  const submission = await parseForm(request, approvalSchema)
  if (submission.status !== 'success')
    return redirectWithToast(urls.admin.reviews(), { kind: 'error', text: 'Select at least one review.' })
  return redirectAfter(await approveReviews({ selected: submission.value.review, by }), 'published')
}

export default function ApproveReviews() {
  const { reviews } = useLoaderData<typeof loader>()
  const count = formatCount(reviews.length, 'review')
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.reviews(), label: 'Reviews' }]}
        title={`Publish ${count}?`}
        about="They are shown on their products’ pages, and their authors are notified."
      />
      <Form method="post" action={urls.admin.approveReviews()} className="settings">
        <CsrfField />
        <Panel>
          <SelectedReviews reviews={reviews} />
          <div className="row-of-actions apart">
            <button className="button button--primary" type="submit">
              Publish {count}
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
