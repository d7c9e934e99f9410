import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { AccountStatus, formatPermissions, TwoFactorStatus } from '#app/components/admin/user-status.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { can } from '#app/domain/access/access.ts'
import { roleLabels } from '#app/domain/access/roles.ts'
import { listInvitations } from '#app/domain/staff/invitations.server.ts'
import { checkCanGrant } from '#app/domain/staff/staff.ts'
import { listStaff } from '#app/domain/staff/staff.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Staff')

export async function loader({ request }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  const [members, invitations] = await Promise.all([listStaff(), listInvitations()])
  const now = new Date()
  return {
    me: me.id,
    canReadEmails: can(me, 'orders'),
    members,
    invitations: invitations.map((invitation) => ({
      ...invitation,
      isOver: invitation.expiresAt === null || invitation.expiresAt < now,
      canWithdraw: checkCanGrant(me, invitation) === null,
    })),
  }
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>
type StaffMember = Page['members'][number]
type Invitation = Page['invitations'][number]

export default function Staff() {
  const { me, canReadEmails, members, invitations } = useLoaderData<typeof loader>()
  return (
    <>
      <ListPage
        title="Staff"
        about="Who can access the admin, and what they can do."
        actions={
          <>
            <Link className="button" to={urls.admin.activity()}>
              View activity
            </Link>
            <Link className="button button--primary" to={urls.admin.invite()}>
              Invite staff
            </Link>
          </>
        }
        rows={members}
        columns={staffColumns(me)}
      />
      {invitations.length > 0 && (
        <div className="apart">
          <Panel title="Pending invitations" flush>
            <DataTable
              caption="Pending invitations"
              columns={invitationColumns(canReadEmails)}
              rows={invitations}
              rowKey={({ id }) => id}
            />
          </Panel>
        </div>
      )}
      {members.length === 1 && invitations.length === 0 && (
        <p className="soft apart">No other staff yet. Invite colleagues to add them.</p>
      )}
    </>
  )
}

function staffColumns(me: number): Column<StaffMember>[] {
  return [
    {
      label: 'Name',
      isHead: true,
      cell: (member) => (
        <>
          <Link className="list__link" to={urls.admin.staffMember(member.id)} dir="auto">
            {member.name}
          </Link>
          {member.id === me && ' (you)'}
          <span className="sub">{member.email}</span>
        </>
      ),
    },
    {
      label: 'Role',
      isWide: true,
      cell: (member) => (
        <>
          {roleLabels[member.role]}
          <span className="sub">{formatPermissions(member)}</span>
        </>
      ),
    },
    { label: 'Account', isNarrow: true, cell: (member) => <AccountStatus {...member} /> },
    {
      label: 'Two-factor authentication',
      isNarrow: true,
      cell: (member) => <TwoFactorStatus isOn={member.hasTwoFactor} />,
    },
    {
      label: 'Last seen',
      isNarrow: true,
      cell: ({ lastSeenAt }) => (lastSeenAt ? <DateTime at={lastSeenAt} /> : 'Never'),
    },
  ]
}

function invitationColumns(canReadEmails: boolean): Column<Invitation>[] {
  return [
    {
      label: 'Email',
      isHead: true,
      cell: ({ email, invitedBy }) => (
        <>
          {email}
          {invitedBy && <span className="sub">Invited by {invitedBy}</span>}
        </>
      ),
    },
    {
      label: 'Role',
      isWide: true,
      cell: (invitation) => (
        <>
          {roleLabels[invitation.role]}
          <span className="sub">{formatPermissions(invitation)}</span>
        </>
      ),
    },
    {
      label: 'Link',
      isNarrow: true,
      cell: ({ isOver, expiresAt, emailId }) =>
        isOver ? (
          <Status tone="warn">Expired</Status>
        ) : (
          <>
            Expires <DateTime at={expiresAt!} />
            {canReadEmails && emailId !== null && (
              <span className="sub">
                <Link to={urls.admin.email(emailId)}>View email</Link>
              </span>
            )}
          </>
        ),
    },
    {
      label: 'Revoke',
      isSilent: true,
      isNarrow: true,
      cell: ({ id, email, canWithdraw }) =>
        canWithdraw && (
          <ActionForm to={urls.admin.deleteInvitation(id)} look="button button--small">
            Revoke<span className="visually-hidden"> the invitation for {email}</span>
          </ActionForm>
        ),
    },
  ]
}
