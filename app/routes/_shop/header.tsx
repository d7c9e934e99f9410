import { Form, Link, NavLink, useLocation, useSearchParams } from '@remix-run/react'
import { openCartDrawer } from '#app/components/cart-fetcher.ts'
import { BagIcon, BellIcon, MenuIcon, PersonIcon, SearchIcon } from '#app/components/icons.tsx'
import type { Shop } from '#app/components/shop.ts'
import type { HeaderText } from '#app/domain/cart/personal.ts'
import type { CollectionLink } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'

/** Maximum number of collections in the header; more are behind one link. */
const shownInBar = 4

export function Header({
  shop,
  collections,
  text,
}: {
  shop: Shop
  collections: CollectionLink[]
  text: HeaderText
}) {
  const { key } = useLocation()
  return (
    <>
      <a href="#content" className="skip-link visually-hidden">
        Skip to content
      </a>
      <header className="header">
        <div className="header__bar page">
          <details className="menu" key={key}>
            <summary>
              <MenuIcon />
              <span className="menu__word">Menu</span>
            </summary>
            <div className="menu__panel">
              <SearchForm id="menu-search" />
              <nav aria-label="Menu">
                <NavList collections={collections} />
              </nav>
              <AccountLink text={text} className="menu__account" />
            </div>
          </details>
          <nav aria-label="Main" className="header__nav">
            <NavList collections={collections.slice(0, shownInBar)} />
          </nav>
          <Link to={urls.home()} className="header__name" dir="auto">
            {shop.name}
          </Link>
          <div className="header__side">
            <div className="header__search">
              <SearchForm id="header-search" />
            </div>
            <AccountLink text={text} className="header__account" />
            <Bell text={text} />
            <Link
              to={urls.cart()}
              className="header__cart"
              aria-label={text.cartLabel}
              onClick={(event) => {
                const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey
                if (!opensElsewhere && openCartDrawer()) event.preventDefault()
              }}
            >
              <BagIcon />
              <span className="header__cart-word">Cart</span>
              <span className="badge">{text.cartBadge}</span>
            </Link>
          </div>
        </div>
      </header>
    </>
  )
}

function AccountLink({ text, className }: { text: HeaderText; className: string }) {
  return (
    <Link to={text.accountUrl} className={className}>
      <PersonIcon />
      <span>{text.accountLabel}</span>
    </Link>
  )
}

/** Hidden for visitors. */
function Bell({ text }: { text: HeaderText }) {
  return (
    <Link
      to={urls.account.notifications()}
      className="header__bell"
      data-for={text.bellFor}
      aria-label={text.bellLabel}
    >
      <BellIcon />
      <span className="badge">{text.bellBadge}</span>
    </Link>
  )
}

function NavList({ collections }: { collections: CollectionLink[] }) {
  return (
    <ul role="list">
      <li>
        <NavLink to={urls.allProducts()} className="nav-link" prefetch="intent">
          Shop all
        </NavLink>
      </li>
      {collections.map(({ handle, title }) => (
        <li key={handle}>
          <NavLink to={urls.collection(handle)} className="nav-link" prefetch="intent" dir="auto">
            {title}
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

function SearchForm({ id }: { id: string }) {
  const [params] = useSearchParams()
  const { pathname } = useLocation()
  const query = pathname === urls.search() ? (params.get('q') ?? '') : ''
  return (
    <Form role="search" action={urls.search()} className="search">
      <label htmlFor={id} className="visually-hidden">
        Search the store
      </label>
      <input
        id={id}
        key={query}
        type="search"
        name="q"
        defaultValue={query}
        placeholder="Search"
        maxLength={100}
        autoComplete="off"
        enterKeyHint="search"
        className="search__input"
      />
      <button className="search__button" aria-label="Search">
        <SearchIcon />
      </button>
    </Form>
  )
}
