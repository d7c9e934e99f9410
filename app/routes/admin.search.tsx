import { NavLink, Outlet } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** The header that all search settings share. */
export default function Search() {
  return (
    <>
      <PageHead title="Search" about="What customers find when they search the store." />
      <nav className="tabs" aria-label="Search">
        <NavLink to={urls.admin.search()} end>
          Synonyms
        </NavLink>
        <NavLink to={urls.admin.searchPins()}>Pinned results</NavLink>
        <NavLink to={urls.admin.searchBoosts()}>Product boosts</NavLink>
      </nav>
      <Outlet />
    </>
  )
}
