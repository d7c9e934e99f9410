import { Form, Link, NavLink } from '@remix-run/react'
import { Icon, type IconName } from '#app/components/admin/icons.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { type Access, mayUse, type Rights } from '#app/domain/accounts/access.ts'
import { urls } from '#app/urls.ts'

export type SideBarFacts = {
  user: Rights & { name: string; email: string }
  shopName: string
  /** Null for those who may not see orders. */
  openOrders: number | null
  /** Notifications that were not read. */
  unread: number
}

const places: { to: string; icon: IconName; label: string; access: Access }[] = [
  { to: urls.admin.home(), icon: 'home', label: 'Home', access: 'any-staff' },
  { to: urls.admin.notifications(), icon: 'bell', label: 'Notifications', access: 'any-staff' },
  { to: urls.admin.orders(), icon: 'orders', label: 'Orders', access: 'orders' },
  { to: urls.admin.products(), icon: 'products', label: 'Products', access: 'catalogue' },
  { to: urls.admin.collections(), icon: 'collections', label: 'Collections', access: 'catalogue' },
  { to: urls.admin.imports(), icon: 'imports', label: 'Imports', access: 'catalogue' },
  { to: urls.admin.customers(), icon: 'customers', label: 'Customers', access: 'customers' },
  { to: urls.admin.mails(), icon: 'mails', label: 'Mails', access: 'orders' },
  { to: urls.admin.settings(), icon: 'settings', label: 'Settings', access: 'settings' },
  { to: urls.admin.staff(), icon: 'staff', label: 'Staff', access: 'staff' },
  { to: urls.admin.activity(), icon: 'activity', label: 'Activity', access: 'staff' },
]

export function SideBar(facts: SideBarFacts) {
  return (
    <header className="side">
      <Link className="side__shop" to={urls.admin.home()}>
        <span className="side__name" dir="auto">
          {facts.shopName}
        </span>
        <span className="side__role">Admin</span>
      </Link>
      <Places {...facts} label="Admin" />
      <div className="side__foot">
        <WaysOut {...facts} />
      </div>
    </header>
  )
}

/** The side bar of a phone: closed again on the next page. */
export function Menu(facts: SideBarFacts) {
  return (
    <details className="menu">
      <summary>
        <span dir="auto">{facts.shopName}</span>
        <span className="menu__word">
          Menu <Icon name="menu" />
        </span>
      </summary>
      <div className="menu__body">
        <Places {...facts} label="Admin menu" />
        <WaysOut {...facts} />
      </div>
    </details>
  )
}

/** Only what the person may use. */
function Places({ user, openOrders, unread, label }: SideBarFacts & { label: string }) {
  const counts: Partial<Record<string, { count: number; of: string }>> = {
    [urls.admin.orders()]: { count: openOrders ?? 0, of: 'open' },
    [urls.admin.notifications()]: { count: unread, of: 'not read' },
  }
  return (
    <nav className="nav" aria-label={label}>
      {places
        .filter(({ access }) => mayUse(user, access))
        .map(({ to, icon, label: words }) => (
          <NavLink key={to} className="nav__link" to={to} end={to === urls.admin.home()}>
            <Icon name={icon} />
            {words}
            <Count {...counts[to]} />
          </NavLink>
        ))}
    </nav>
  )
}

function Count({ count = 0, of }: { count?: number; of?: string }) {
  if (count === 0) return null
  return (
    <span className="nav__count">
      {count} <span className="visually-hidden">{of}</span>
    </span>
  )
}

function WaysOut({ user }: SideBarFacts) {
  return (
    <>
      <div className="nav">
        <a className="nav__link" href={urls.home()}>
          <Icon name="shop" />
          Open the shop
        </a>
        <Form method="post" action={urls.logout()} reloadDocument>
          <CsrfField />
          <button className="nav__link" type="submit">
            <Icon name="out" />
            Sign out
          </button>
        </Form>
      </div>
      <div className="side__who">
        <p>{user.name || user.email}</p>
        <ul className="side__own" role="list" aria-label="Your own account">
          <li>
            <a href={urls.account.password()}>Password</a>
          </li>
          <li>
            <a href={urls.account.twoFactor()}>Second factor</a>
          </li>
          <li>
            <a href={urls.account.devices()}>Devices</a>
          </li>
        </ul>
      </div>
    </>
  )
}
