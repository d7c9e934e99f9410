import { Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import type { EmailPage } from './route.tsx'

/** The link in an email. Only the owner can see it, and only while no email provider is set up. */
export function LinkPanel({ email, isOwner, isAsked, link }: EmailPage) {
  if (email.status !== 'held')
    return (
      <Panel title="Link">
        <p>This email contains a personal link, which is hidden here.</p>
      </Panel>
    )
  if (!isOwner)
    return (
      <Panel title="Link">
        <p>
          This email was not sent because no email service is set up. Only the owner can see its link here.
        </p>
      </Panel>
    )
  return (
    <Panel title="Link">
      <p>
        This email was not sent because no email service is set up. You can share its link yourself.{' '}
        <b>Anyone with this link can act as {email.toEmail}</b>: share it privately.
      </p>
      {!isAsked ? (
        <p className="apart">
          <Link className="button" to="?show=link">
            Show link
          </Link>
        </p>
      ) : link === null ? (
        <p className="apart soft">This link has expired or was already used.</p>
      ) : (
        <p className="apart plain-text">{link}</p>
      )}
    </Panel>
  )
}
