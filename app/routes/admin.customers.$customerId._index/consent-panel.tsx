import { Panel } from '#app/components/admin/panel.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { consentSourceLabels } from '#app/domain/consents/consents.ts'
import type { CustomerPage } from './route.tsx'

/** Whether the customer agreed to marketing emails, with every change and the text that was shown. */
export function ConsentPanel({ consents }: CustomerPage) {
  if (consents.length === 0)
    return (
      <Panel title="Marketing emails">
        <p className="soft">Not agreed.</p>
      </Panel>
    )
  return (
    <Panel title="Marketing emails">
      <p>
        {consents[0]!.kind === 'given' ? <Status tone="good">Agreed</Status> : <Status>Withdrawn</Status>}
      </p>
      <ul role="list" className="fields apart">
        {consents.map(({ id, kind, source, text, createdAt }) => (
          <li key={id}>
            {kind === 'given' ? 'Agreed' : 'Withdrawn'} {consentSourceLabels[source]},{' '}
            <DateTime at={createdAt} />
            {text && (
              <span className="sub" dir="auto">
                “{text}”
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
