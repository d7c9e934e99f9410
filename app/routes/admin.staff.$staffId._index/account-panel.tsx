import { DateTime } from '#app/components/date-time.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { TwoFactorStatus } from '#app/components/admin/user-status.tsx'
import type { StaffPage } from './route.tsx'

export function AccountPanel({ member }: Pick<StaffPage, 'member'>) {
  return (
    <Panel title="Account">
      <dl className="facts">
        <div>
          <dt>Email</dt>
          <dd>
            <a href={`mailto:${encodeURIComponent(member.email)}`}>{member.email}</a>
          </dd>
        </div>
        <div>
          <dt>Two-factor authentication</dt>
          <dd>
            <TwoFactorStatus isOn={member.hasTwoFactor} />
          </dd>
        </div>
        <div>
          <dt>Last seen</dt>
          <dd>{member.lastSeenAt ? <DateTime at={member.lastSeenAt} as="long" /> : 'Never'}</dd>
        </div>
        <div>
          <dt>Account created</dt>
          <dd>
            <DateTime at={member.createdAt} as="day" />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
