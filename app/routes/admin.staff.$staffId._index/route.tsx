import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { StaffAccessFields, type StaffAccessValues } from '#app/components/admin/staff-access-fields.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { AccountStatus, formatPermissions } from '#app/components/admin/user-status.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { roleLabels } from '#app/domain/access/roles.ts'
import { grantablePermissions, checkCanChange, staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { staffAccessSchema } from '#app/domain/staff/staff.schema.ts'
import { changeStaffAccess, getStaffMember } from '#app/domain/staff/staff.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { urls } from '#app/urls.ts'
import { AccessPanel } from './access-panel.tsx'
import { AccountPanel } from './account-panel.tsx'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.member.name ?? 'Staff')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  const member = orNotFound(await getStaffMember(parseId(params.staffId)))
  const isOwner = me.role === 'owner'
  return {
    member,
    refusal: checkCanChange(me, member),
    isYou: me.id === member.id,
    rights: { grantable: grantablePermissions(me), canMakeAdmins: isOwner },
    canTransferOwnership: isOwner && me.id !== member.id && !member.disabledAt,
  }
}

export type StaffPage = Awaited<ReturnType<typeof loader>>

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const userId = parseId(params.staffId)
  const submission = await parseForm(request, staffAccessSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await changeStaffAccess({ ...submission.value, userId, by: staff.id })
  if (result.ok)
    logSecurityEvent(context, 'authz_change', {
      userId: staff.id,
      onUserId: userId,
      to: submission.value.role,
    })
  if (result.ok)
    return redirectWithToast(urls.admin.staffMember(userId), {
      kind: 'success',
      text: 'Saved. Takes effect on their next page.',
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: staffRefusalMessages[result.reason] })
}

export default function StaffMember() {
  const page = useLoaderData<typeof loader>()
  const { member, refusal } = page
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.staff(), label: 'Staff' }]}
        title={member.name}
        mark={<AccountStatus {...member} />}
        about={`${roleLabels[member.role]}${page.isYou ? ' (you)' : ''}`}
      >
        <Link className="button" to={urls.admin.activityOf('users', member.id)}>
          History
        </Link>
      </PageHead>
      <div className="columns">
        <div>
          {refusal === null ? (
            <AccessForm key={`${member.role} ${member.permissions.join()}`} {...page} />
          ) : (
            <Panel title="Permissions">
              <p>{formatPermissions(member)}.</p>
              <p className="soft small apart">{staffRefusalMessages[refusal]}</p>
            </Panel>
          )}
        </div>
        <div>
          <AccountPanel {...page} />
          <AccessPanel {...page} />
        </div>
      </div>
    </>
  )
}

function AccessForm({ member, rights }: StaffPage) {
  const result = useActionData<typeof action>()
  const form = formFields<StaffAccessValues>({
    id: 'appointment',
    answer: result,
    values: { role: member.role, permissions: member.permissions },
    constraint: {},
  })
  return (
    <EditForm method="post" answer={result}>
      <CsrfField />
      <ErrorSummary form={form} />
      <Panel
        title="Permissions"
        foot={
          <>
            <button className="button button--primary" type="submit">
              Save
            </button>
            <span className="soft small">A change signs {member.name} out on all devices.</span>
          </>
        }
      >
        <div className="fields">
          <StaffAccessFields form={form} {...rights} />
        </div>
      </Panel>
    </EditForm>
  )
}
