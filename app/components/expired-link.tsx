import { Link } from '@remix-run/react'

/** The page of an email link that was used, has expired or never existed, and what to do instead. */
export function ExpiredLink({ to, label }: { to: string; label: string }) {
  return (
    <div className="notice" role="status">
      <h2>This link has expired or was already used</h2>
      <p>
        Links from our emails work once and for a limited time, and a newer link replaces an older one.
        Request a new one: <Link to={to}>{label}</Link>.
      </p>
    </div>
  )
}
