import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { NoteForm } from '#app/components/admin/note-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { addNote } from '#app/domain/orders/add-note.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { noteSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Add a note')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order } = orNotFound(await getOrder(idOf(params.orderId)))
  return { order, constraint: constraintsOf(noteSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const { order } = orNotFound(await getOrder(idOf(params.orderId)))
  const submission = await parseForm(request, noteSchema)
  if (submission.status !== 'success') return badForm(submission)
  await addNote(order.id, submission.value.note, staff.id)
  return redirectWithToast(urls.admin.order(order.id), {
    kind: 'success',
    text: 'The note is in the timeline.',
  })
}

export default function Notes() {
  const { order, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title="Add a note"
      />
      <Panel>
        <NoteForm orderId={order.id} result={result} constraint={constraint} />
      </Panel>
    </>
  )
}
