import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { checkCanChange, staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { getStaffMember, removeFromStaff } from '#app/domain/staff/staff.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Remove from staff')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  const member = orNotFound(await getStaffMember(parseId(params.staffId)))
  return { id: member.id, name: member.name, refusal: checkCanChange(me, member) }
}

export const action = buttonAction({
  ids: ['staffId'],
  command: ({ staffId }, by) => removeFromStaff({ userId: staffId, by }),
  event: ({ staffId }) => ['authz_change', { onUserId: staffId, to: 'customer' }],
  page: () => urls.admin.staff(),
  done: 'Removed from staff and signed out on all devices.',
  refusals: staffRefusalMessages,
}).action

export default function RemoveStaffMember() {
  const { id, name, refusal } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.staff(), label: 'Staff' },
          { to: urls.admin.staffMember(id), label: name },
        ]}
        title={`Remove ${name} from staff?`}
      />
      <Panel>
        {refusal === null ? (
          <>
            <p>
              They lose access to the admin immediately, and invitations they sent are revoked. Their account
              becomes a customer account, and their activity stays in the log.
            </p>
            <Form method="post" className="row-of-actions apart">
              <CsrfField />
              <button className="button button--danger" type="submit">
                Remove from staff
              </button>
              <Link className="button button--quiet" to={urls.admin.staffMember(id)}>
                Cancel
              </Link>
            </Form>
          </>
        ) : (
          <p>{staffRefusalMessages[refusal]}</p>
        )}
      </Panel>
    </>
  )
}
