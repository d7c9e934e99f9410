import { Link } from '@remix-run/react'

/** Breadcrumbs from the home page; the current page is not a link. */
export function Breadcrumbs({ path, here }: { path: { to: string; label: string }[]; here: string }) {
  return (
    <nav aria-label="Breadcrumb" className="breadcrumbs">
      <ol role="list">
        {path.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} dir="auto">
              {label}
            </Link>
          </li>
        ))}
        <li aria-current="page">
          <span dir="auto">{here}</span>
        </li>
      </ol>
    </nav>
  )
}
