import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'
import { formatCount } from '#app/domain/intl.ts'
import type { StaffPage } from './route.tsx'

/** Suspend, reset and remove actions; only those that the current user may use. */
export function AccessPanel({ member, refusal, canTransferOwnership, isYou }: StaffPage) {
  const { id } = member
  if (isYou)
    return (
      <Panel title="Your own access">
        <ul role="list" className="fields">
          <li>
            <Link to={urls.account.password()}>Change password</Link>
          </li>
          <li>
            <Link to={urls.account.twoFactor()}>Two-factor authentication</Link>
          </li>
          <li>
            <Link to={urls.account.devices()}>Devices</Link>
          </li>
        </ul>
      </Panel>
    )
  if (refusal !== null) return null
  return (
    <Panel title="Access">
      <div className="fields">
        {member.devices > 0 && (
          <ActionForm to={urls.admin.deleteStaffSessions(id)}>
            Sign out {formatCount(member.devices, 'device')}
          </ActionForm>
        )}
        {member.hasTwoFactor && (
          <div className="field">
            <ActionForm to={urls.admin.disableStaffTwoFactor(id)}>
              Turn off two-factor authentication
            </ActionForm>
            <p className="field__hint">
              Use this if their phone is lost. Make sure the request really comes from {member.name}: the
              password alone will be enough to sign in.
            </p>
          </div>
        )}
        {member.disabledAt ? (
          <ActionForm to={urls.admin.unsuspendStaff(id)}>Unsuspend</ActionForm>
        ) : (
          <div className="field">
            <ActionForm to={urls.admin.suspendStaff(id)} look="button button--danger">
              Suspend
            </ActionForm>
            <p className="field__hint">Signs them out and blocks sign-in.</p>
          </div>
        )}
        <p>
          <Link to={urls.admin.removeStaff(id)}>Remove from staff…</Link>
        </p>
        {canTransferOwnership && (
          <p>
            <Link to={urls.admin.staffOwnership(id)}>Transfer ownership…</Link>
          </p>
        )}
      </div>
    </Panel>
  )
}
