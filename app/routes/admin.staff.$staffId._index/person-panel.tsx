import { Moment } from '#app/components/moment.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { TwoFactorStatus } from '#app/components/admin/person-states.tsx'
import type { StaffPage } from './route.tsx'

export function PersonPanel({ person }: Pick<StaffPage, 'person'>) {
  return (
    <Panel title="About them">
      <dl className="facts">
        <div>
          <dt>E-mail</dt>
          <dd>
            <a href={`mailto:${encodeURIComponent(person.email)}`}>{person.email}</a>
          </dd>
        </div>
        <div>
          <dt>Second factor</dt>
          <dd>
            <TwoFactorStatus isOn={person.hasTwoFactor} />
          </dd>
        </div>
        <div>
          <dt>Last seen</dt>
          <dd>{person.lastSeenAt ? <Moment at={person.lastSeenAt} as="long" /> : 'Not signed in'}</dd>
        </div>
        <div>
          <dt>Account since</dt>
          <dd>
            <Moment at={person.createdAt} as="day" />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
