import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { Moment } from '#app/components/moment.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { AccountStatus, areasInWords, TwoFactorStatus } from '#app/components/admin/person-states.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { mayUse } from '#app/domain/accounts/access.ts'
import { roleText } from '#app/domain/accounts/accounts.ts'
import { listInvitations } from '#app/domain/accounts/invitations.server.ts'
import { refusalToAppoint } from '#app/domain/accounts/staff.ts'
import { listStaff } from '#app/domain/accounts/staff.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Staff')

export async function loader({ request }: LoaderFunctionArgs) {
  const me = await userOf(request)
  const [people, invitations] = await Promise.all([listStaff(), listInvitations()])
  const now = new Date()
  return {
    me: me.id,
    mayReadMails: mayUse(me, 'orders'),
    people,
    invitations: invitations.map((invitation) => ({
      ...invitation,
      isOver: invitation.expiresAt === null || invitation.expiresAt < now,
      canWithdraw: refusalToAppoint(me, invitation) === null,
    })),
  }
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>
type Person = Page['people'][number]
type Invitation = Page['invitations'][number]

export default function Staff() {
  const { me, mayReadMails, people, invitations } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Staff" about="Who may enter the admin, and which parts of it are open to them.">
        <Link className="button" to={urls.admin.activity()}>
          See the activity
        </Link>
        <Link className="button button--primary" to={urls.admin.invite()}>
          Invite somebody
        </Link>
      </PageHead>
      <div className="panel">
        <DataTable caption="People" columns={peopleColumns(me)} rows={people} rowKey={({ id }) => id} />
      </div>
      {invitations.length > 0 && (
        <div className="apart">
          <Panel title="Invited" flush>
            <DataTable
              caption="Pending invitations"
              columns={invitationColumns(mayReadMails)}
              rows={invitations}
              rowKey={({ id }) => id}
            />
          </Panel>
        </div>
      )}
      {people.length === 1 && invitations.length === 0 && (
        <p className="soft apart">You run the shop alone so far. Colleagues whom you invite appear here.</p>
      )}
    </>
  )
}

function peopleColumns(me: number): Column<Person>[] {
  return [
    {
      label: 'Name',
      isHead: true,
      cell: (person) => (
        <>
          <Link className="list__link" to={urls.admin.staffMember(person.id)} dir="auto">
            {person.name}
          </Link>
          {person.id === me && ' (you)'}
          <span className="sub">{person.email}</span>
        </>
      ),
    },
    {
      label: 'Role',
      isWide: true,
      cell: (person) => (
        <>
          {roleText[person.role]}
          <span className="sub">{areasInWords(person)}</span>
        </>
      ),
    },
    { label: 'Account', isTight: true, cell: (person) => <AccountStatus {...person} /> },
    {
      label: 'Second factor',
      isTight: true,
      cell: (person) => <TwoFactorStatus isOn={person.hasTwoFactor} />,
    },
    {
      label: 'Last seen',
      isTight: true,
      cell: ({ lastSeenAt }) => (lastSeenAt ? <Moment at={lastSeenAt} /> : 'Not signed in'),
    },
  ]
}

function invitationColumns(mayReadMails: boolean): Column<Invitation>[] {
  return [
    {
      label: 'E-mail',
      isHead: true,
      cell: ({ email, invitedBy }) => (
        <>
          {email}
          {invitedBy && <span className="sub">by {invitedBy}</span>}
        </>
      ),
    },
    {
      label: 'As',
      isWide: true,
      cell: (invitation) => (
        <>
          {roleText[invitation.role]}
          <span className="sub">{areasInWords(invitation)}</span>
        </>
      ),
    },
    {
      label: 'Link',
      isTight: true,
      cell: ({ isOver, expiresAt, mailId }) =>
        isOver ? (
          <Status tone="warn">Too old</Status>
        ) : (
          <>
            works until <Moment at={expiresAt!} />
            {mayReadMails && mailId !== null && (
              <span className="sub">
                <Link to={urls.admin.mail(mailId)}>See the mail</Link>
              </span>
            )}
          </>
        ),
    },
    {
      label: 'Withdraw',
      isSilent: true,
      isTight: true,
      cell: ({ id, email, canWithdraw }) =>
        canWithdraw && (
          <ActionForm to={urls.admin.invitationDeletion(id)} look="button button--small">
            Withdraw<span className="visually-hidden"> the invitation of {email}</span>
          </ActionForm>
        ),
    },
  ]
}
