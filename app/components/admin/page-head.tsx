import { Link } from '@remix-run/react'

export type Crumb = { to: string; label: string }

/** The top of a page: breadcrumbs, title, subtitle and actions. */
export function PageHead({
  crumbs = [],
  title,
  mark,
  about,
  children,
}: {
  crumbs?: Crumb[]
  title: string
  /** Status next to the title. */
  mark?: React.ReactNode
  about?: React.ReactNode
  /** Buttons; the primary one last. */
  children?: React.ReactNode
}) {
  return (
    <header className="head">
      <div className="head__text">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="crumbs">
            <ol role="list">
              {crumbs.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to}>{label}</Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className="head__title">
          <h1 tabIndex={-1} dir="auto">
            {title}
          </h1>
          {mark}
        </div>
        {about && <p className="head__about">{about}</p>}
      </div>
      {children && <div className="head__actions">{children}</div>}
    </header>
  )
}
