import { Form, Link, NavLink } from '@remix-run/react'
import { Icon, type IconName } from '#app/components/admin/icons.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'

type Facts = { user: { name: string; email: string }; shopName: string; openOrders: number }

const places: { to: string; icon: IconName; label: string }[] = [
  { to: urls.admin.home(), icon: 'home', label: 'Home' },
  { to: urls.admin.orders(), icon: 'orders', label: 'Orders' },
  { to: urls.admin.products(), icon: 'products', label: 'Products' },
  { to: urls.admin.collections(), icon: 'collections', label: 'Collections' },
  { to: urls.admin.imports(), icon: 'imports', label: 'Imports' },
  { to: urls.admin.mails(), icon: 'mails', label: 'Mails' },
  { to: urls.admin.settings(), icon: 'settings', label: 'Settings' },
]

export function SideBar(facts: Facts) {
  return (
    <header className="side">
      <Link className="side__shop" to={urls.admin.home()}>
        <span className="side__name" dir="auto">
          {facts.shopName}
        </span>
        <span className="side__role">Admin</span>
      </Link>
      <Places openOrders={facts.openOrders} label="Admin" />
      <div className="side__foot">
        <WaysOut {...facts} />
      </div>
    </header>
  )
}

/** The side bar of a phone: closed again on the next page. */
export function Menu(facts: Facts) {
  return (
    <details className="menu">
      <summary>
        <span dir="auto">{facts.shopName}</span>
        <span className="menu__word">
          Menu <Icon name="menu" />
        </span>
      </summary>
      <div className="menu__body">
        <Places openOrders={facts.openOrders} label="Admin menu" />
        <WaysOut {...facts} />
      </div>
    </details>
  )
}

function Places({ openOrders, label }: { openOrders: number; label: string }) {
  return (
    <nav className="nav" aria-label={label}>
      {places.map(({ to, icon, label: words }) => (
        <NavLink key={to} className="nav__link" to={to} end={to === urls.admin.home()}>
          <Icon name={icon} />
          {words}
          {to === urls.admin.orders() && openOrders > 0 && (
            <span className="nav__count">
              {openOrders} <span className="visually-hidden">open</span>
            </span>
          )}
        </NavLink>
      ))}
    </nav>
  )
}

function WaysOut({ user }: Facts) {
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
      <p className="side__who">{user.name || user.email}</p>
    </>
  )
}
