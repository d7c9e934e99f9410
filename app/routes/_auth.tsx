import type { LinksFunction, MetaFunction } from '@remix-run/node'
import { Link, Outlet } from '@remix-run/react'
import { ErrorPage, errorTitle } from '#app/components/error-page.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import shopStyles from '#app/styles/shop.css?url'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: shopStyles }]

export const meta: MetaFunction = ({ error, matches }) =>
  pageMeta(matches, { title: error ? errorTitle(error) : 'Sign in', isPrivate: true })

/** The layout of sign-in, sign-up and setup pages: only the form. */
export default function AuthPages() {
  return (
    <AuthLayout>
      <Outlet />
    </AuthLayout>
  )
}

export function ErrorBoundary() {
  return (
    <AuthLayout>
      <ErrorPage />
    </AuthLayout>
  )
}

function AuthLayout({ children }: { children: React.ReactNode }) {
  const shop = useShop()
  return (
    <main id="content" tabIndex={-1} className="door">
      {shop && (
        <Link to={urls.home()} className="door__shop">
          {shop.name}
        </Link>
      )}
      <div className="door__card">{children}</div>
    </main>
  )
}
