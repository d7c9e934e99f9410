import { Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import type { MailPage } from './route.tsx'

/** About the link that proves who reads the mail. Only the owner can see it, only while no mail service takes mails. */
export function LinkPanel({ mail, isOwner, isAsked, link }: MailPage) {
  if (mail.status !== 'held')
    return (
      <Panel title="Its link">
        <p>
          The mail carries a link that proves who reads it, so it is not kept here: “…” stands in its place.
        </p>
      </Panel>
    )
  if (!isOwner)
    return (
      <Panel title="Its link">
        <p>
          No mail service is set up, so this mail did not go out. Its link proves who reads it: only the owner
          can see it here and pass it on.
        </p>
      </Panel>
    )
  return (
    <Panel title="Its link">
      <p>
        No mail service is set up, so this mail did not go out. You can pass its link on yourself.{' '}
        <b>Whoever has the link is {mail.toEmail}</b> for the shop: give it to nobody else, and on a way that
        only they read.
      </p>
      {!isAsked ? (
        <p className="apart">
          <Link className="button" to="?show=link">
            Show the link
          </Link>
        </p>
      ) : link === null ? (
        <p className="apart soft">It opens nothing any more: it was used, replaced, or is too old.</p>
      ) : (
        <p className="apart plain-text">{link}</p>
      )}
    </Panel>
  )
}
