import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { refusalToChange, staffRefusalText } from '#app/domain/accounts/staff.ts'
import { getStaffMember, removeFromStaff } from '#app/domain/accounts/staff.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import { answerChange } from '#app/http/answer-change.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Remove from the staff')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await userOf(request)
  const person = orNotFound(await getStaffMember(idOf(params.staffId)))
  return { id: person.id, name: person.name, refusal: refusalToChange(me, person) }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await userOf(request)
  await parseForm(request, emptySchema)
  const userId = idOf(params.staffId)
  const result = await removeFromStaff({ userId, by: staff.id })
  if (result.ok)
    logSecurityEvent(context, 'authz_change', { userId: staff.id, onUserId: userId, to: 'customer' })
  return answerChange(result, {
    page: urls.admin.staff(),
    done: 'They are not on the staff any more, and signed out everywhere.',
  })
}

export default function StaffDeletion() {
  const { id, name, refusal } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.staff(), label: 'Staff' },
          { to: urls.admin.staffMember(id), label: name },
        ]}
        title={`Remove ${name} from the staff?`}
      />
      <Panel>
        {refusal === null ? (
          <>
            <p>
              The admin is closed to them at once, and invitations that they sent are void. Their account
              stays, as a customer’s, and so does what they did in the activity log.
            </p>
            <Form method="post" className="row-of-actions apart">
              <CsrfField />
              <button className="button button--danger" type="submit">
                Remove from the staff
              </button>
              <Link className="button button--quiet" to={urls.admin.staffMember(id)}>
                Keep them
              </Link>
            </Form>
          </>
        ) : (
          <p>{staffRefusalText[refusal]}</p>
        )}
      </Panel>
    </>
  )
}
