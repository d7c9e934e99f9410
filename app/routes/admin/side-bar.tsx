import { Form, Link, NavLink } from '@remix-run/react'
import { Icon, type IconName } from '#app/components/admin/icons.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { Disclosure } from '#app/components/disclosure.tsx'
import { type Access, can, type Rights } from '#app/domain/access/access.ts'
import { urls } from '#app/urls.ts'

export type SideBarProps = {
  user: Rights & { name: string; email: string }
  shopName: string
  /** Null without the permission to see orders. */
  openOrders: number | null
  /** Null without the permission to moderate reviews. */
  pendingReviews: number | null
  /** Number of unread notifications. */
  unread: number
}

const places: { to: string; icon: IconName; label: string; access: Access }[] = [
  { to: urls.admin.home(), icon: 'home', label: 'Home', access: 'any-staff' },
  { to: urls.admin.notifications(), icon: 'bell', label: 'Notifications', access: 'any-staff' },
  { to: urls.admin.orders(), icon: 'orders', label: 'Orders', access: 'orders' },
  { to: urls.admin.products(), icon: 'products', label: 'Products', access: 'catalog' },
  { to: urls.admin.collections(), icon: 'collections', label: 'Collections', access: 'catalog' },
  { to: urls.admin.reviews(), icon: 'reviews', label: 'Reviews', access: 'reviews' },
  { to: urls.admin.promotions(), icon: 'promotions', label: 'Promotions', access: 'promotions' },
  { to: urls.admin.homePage(), icon: 'layout', label: 'Home page', access: 'catalog' },
  { to: urls.admin.pages(), icon: 'draft', label: 'Pages', access: 'catalog' },
  { to: urls.admin.search(), icon: 'search', label: 'Search', access: 'catalog' },
  { to: urls.admin.searchReport(), icon: 'report', label: 'Search report', access: 'catalog' },
  { to: urls.admin.searchEngines(), icon: 'globe', label: 'Search engines', access: 'catalog' },
  { to: urls.admin.redirects(), icon: 'redirect', label: 'Redirects', access: 'catalog' },
  { to: urls.admin.imports(), icon: 'imports', label: 'Imports', access: 'catalog' },
  { to: urls.admin.customers(), icon: 'customers', label: 'Customers', access: 'customers' },
  { to: urls.admin.emails(), icon: 'emails', label: 'Emails', access: 'orders' },
  { to: urls.admin.settings(), icon: 'settings', label: 'Settings', access: 'settings' },
  { to: urls.admin.staff(), icon: 'staff', label: 'Staff', access: 'staff' },
  { to: urls.admin.activity(), icon: 'activity', label: 'Activity', access: 'staff' },
]

export function SideBar(props: SideBarProps) {
  return (
    <header className="side">
      <Link className="side__shop" to={urls.admin.home()}>
        <span className="side__name" dir="auto">
          {props.shopName}
        </span>
        <span className="side__role">Admin</span>
      </Link>
      <Navigation {...props} label="Admin" />
      <div className="side__foot">
        <SideBarFooter {...props} />
      </div>
    </header>
  )
}

/** The sidebar on a phone. */
export function Menu(props: SideBarProps) {
  return (
    <Disclosure
      className="menu"
      summary={
        <>
          <span dir="auto">{props.shopName}</span>
          <span className="menu__word">
            Menu <Icon name="menu" />
          </span>
        </>
      }
    >
      <div className="menu__body">
        <Navigation {...props} label="Admin menu" />
        <SideBarFooter {...props} />
      </div>
    </Disclosure>
  )
}

/** Only what the user's permissions allow. */
function Navigation({ user, openOrders, pendingReviews, unread, label }: SideBarProps & { label: string }) {
  const counts: Partial<Record<string, { count: number; of: string }>> = {
    [urls.admin.orders()]: { count: openOrders ?? 0, of: 'open' },
    [urls.admin.reviews()]: { count: pendingReviews ?? 0, of: 'pending' },
    [urls.admin.notifications()]: { count: unread, of: 'unread' },
  }
  return (
    <nav className="nav" aria-label={label}>
      {places
        .filter(({ access }) => can(user, access))
        .map(({ to, icon, label: text }) => (
          <NavLink key={to} className="nav__link" to={to} end={to === urls.admin.home()}>
            <Icon name={icon} />
            {text}
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

function SideBarFooter({ user }: SideBarProps) {
  return (
    <>
      <div className="nav">
        <a className="nav__link" href={urls.home()}>
          <Icon name="shop" />
          View store
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
        <ul className="side__own" role="list" aria-label="Your account">
          <li>
            <a href={urls.account.password()}>Password</a>
          </li>
          <li>
            <a href={urls.account.twoFactor()}>Two-factor authentication</a>
          </li>
          <li>
            <a href={urls.account.devices()}>Devices</a>
          </li>
        </ul>
      </div>
    </>
  )
}
