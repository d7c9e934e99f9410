import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'
import type { StaffPage } from './route.tsx'

/** Ways to keep somebody out; only those that this visitor may use. */
export function AccessPanel({ person, refusal, canHandOver, isYou }: StaffPage) {
  const { id } = person
  if (isYou)
    return (
      <Panel title="Your own access">
        <ul role="list" className="fields">
          <li>
            <Link to={urls.account.password()}>Change your password</Link>
          </li>
          <li>
            <Link to={urls.account.twoFactor()}>Your second factor</Link>
          </li>
          <li>
            <Link to={urls.account.devices()}>Where you are signed in</Link>
          </li>
        </ul>
      </Panel>
    )
  if (refusal !== null) return null
  return (
    <Panel title="Access">
      <div className="fields">
        {person.devices > 0 && (
          <ActionForm to={urls.admin.staffSessionsDeletion(id)}>
            Sign out {person.devices === 1 ? '1 device' : `${person.devices} devices`}
          </ActionForm>
        )}
        {person.hasTwoFactor && (
          <div className="field">
            <ActionForm to={urls.admin.staffTwoFactorDeletion(id)}>Remove the second factor</ActionForm>
            <p className="field__hint">
              For a lost phone. Make sure that it is really {person.name} who asks: from then on the password
              alone opens the account.
            </p>
          </div>
        )}
        {person.disabledAt ? (
          <ActionForm to={urls.admin.staffSuspensionDeletion(id)}>Lift the suspension</ActionForm>
        ) : (
          <div className="field">
            <ActionForm to={urls.admin.staffSuspension(id)} look="button button--danger">
              Suspend
            </ActionForm>
            <p className="field__hint">Signs them out at once and keeps them out until it is lifted.</p>
          </div>
        )}
        <p>
          <Link to={urls.admin.staffDeletion(id)}>Remove from the staff…</Link>
        </p>
        {canHandOver && (
          <p>
            <Link to={urls.admin.staffOwnership(id)}>Hand the shop over…</Link>
          </p>
        )}
      </div>
    </Panel>
  )
}
