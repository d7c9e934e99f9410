import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConfirmDelete } from '#app/components/admin/confirm-delete.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { deleteDraft } from '#app/domain/drafts/delete-draft.server.ts'
import { getDraft } from '#app/domain/drafts/drafts.server.ts'
import { draftName } from '#app/domain/orders/draft-states.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Delete draft order')

export async function loader({ params }: LoaderFunctionArgs) {
  const draft = orNotFound(await getDraft(parseId(params.draftId)))
  if (draft.orderId !== null) throw redirect(urls.admin.order(draft.orderId), 303)
  return { id: draft.id, state: draft.state }
}

export const action = buttonAction({
  ids: ['draftId'],
  command: ({ draftId }, by) => deleteDraft(draftId, by),
  page: ({ draftId }, done) => (done ? urls.admin.drafts() : urls.admin.draft(draftId)),
  done: 'Draft deleted.',
  refusals: { placed: 'This draft became an order, so it can’t be deleted.' },
}).action

export default function DeleteDraft() {
  const draft = useLoaderData<typeof loader>()
  return (
    <ConfirmDelete
      title={`Draft ${draftName(draft)}`}
      submit="Delete draft"
      back={urls.admin.draft(draft.id)}
    >
      {draft.state === 'sent'
        ? 'The customer’s link will say that the order is no longer available. This can’t be undone.'
        : 'This can’t be undone.'}
    </ConfirmDelete>
  )
}
