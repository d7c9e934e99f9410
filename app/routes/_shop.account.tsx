import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, Outlet, useLoaderData, useLocation } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { isStaff } from '#app/domain/access/roles.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  return data({ isStaff: isStaff(user) }, { headers: noStore })
}

const { account } = urls

/** `holds`: pages below this one that have no link in the navigation. */
const places = [
  { to: account.home(), label: 'Overview', holds: [] },
  { to: account.orders(), label: 'Orders', holds: [] },
  { to: account.reviews(), label: 'Reviews', holds: [] },
  { to: account.addresses(), label: 'Addresses', holds: [] },
  {
    to: account.notifications(),
    label: 'Notifications',
    holds: [account.notificationPreferences()],
  },
  { to: account.profile(), label: 'Profile', holds: [account.email(), account.marketing()] },
  {
    to: account.security(),
    label: 'Security',
    holds: [account.password(), account.twoFactor(), account.deleteAccount()],
  },
  { to: account.devices(), label: 'Devices', holds: [] },
]

/** The layout of account pages: navigation and sign-out. */
export default function AccountLayout() {
  const { isStaff } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const isIn = (to: string) => pathname === to || pathname.startsWith(`${to}/`)
  return (
    <div className="page account">
      <nav aria-label="Account" className="account__side no-print">
        <ul role="list" className="account__nav">
          {places.map(({ to, label, holds }) => {
            const isHere = to === account.home() ? pathname === to : [to, ...holds].some(isIn)
            return (
              <li key={to}>
                <Link to={to} className="nav-link" aria-current={isHere ? 'page' : undefined}>
                  {label}
                </Link>
              </li>
            )
          })}
          {isStaff && (
            <li>
              <Link reloadDocument to={urls.admin.home()} className="nav-link">
                Admin
              </Link>
            </li>
          )}
          <li className="account__out">
            <Form method="post" action={urls.logout()}>
              <CsrfField />
              <button className="link-button">Sign out</button>
            </Form>
          </li>
        </ul>
      </nav>
      <div className="account__main">
        <Outlet />
      </div>
    </div>
  )
}
