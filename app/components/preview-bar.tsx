import { Link } from '@remix-run/react'

/** Above an unpublished product or page that staff look at; `label` is the link to its editor. */
export function PreviewBar({ to, label }: { to: string; label: string }) {
  return (
    <aside className="preview-bar" aria-label="Draft preview">
      <p>
        <strong>Draft preview.</strong> Customers cannot see this page.
      </p>
      <Link to={to}>{label}</Link>
    </aside>
  )
}
