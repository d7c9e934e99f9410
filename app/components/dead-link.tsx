import { Link } from '@remix-run/react'

/** Behind a link of a mail that was used, is too old, or never existed: what to do instead. */
export function DeadLink({ to, label }: { to: string; label: string }) {
  return (
    <div className="notice" role="status">
      <h2>This link opens nothing any more</h2>
      <p>
        A link from a mail works once and for a limited time, and a newer one replaces it. Ask for another:{' '}
        <Link to={to}>{label}</Link>.
      </p>
    </div>
  )
}
