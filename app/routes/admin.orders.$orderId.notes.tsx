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
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Add note')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order } = orNotFound(await getOrder(parseId(params.orderId)))
  return { order, constraint: constraintsOf(noteSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const submission = await parseForm(request, noteSchema)
  if (submission.status !== 'success') return formResponse(submission)
  orNotFound((await addNote({ orderId, ...submission.value, by: staff.id })) || null)
  const text = submission.value.isMessage ? 'Message sent.' : 'Note added.'
  return redirectWithToast(urls.admin.order(orderId), { kind: 'success', text })
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
        title="Add note"
      />
      <Panel>
        <NoteForm orderId={order.id} result={result} constraint={constraint} />
      </Panel>
    </>
  )
}
