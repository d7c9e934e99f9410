import { Link } from '@remix-run/react'
import { openCartDrawer } from '#app/components/cart-fetcher.ts'
import { BagIcon, BellIcon, MenuIcon, PersonIcon } from '#app/components/icons.tsx'
import type { Shop } from '#app/components/shop.ts'
import type { HeaderText } from '#app/domain/cart/personal.ts'
import type { CollectionLink } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'
import { Disclosure } from '#app/components/disclosure.tsx'
import { MenuLinks, Nav } from './nav.tsx'
import { SearchLink } from './search-link.tsx'

/** The logo in the middle with the menu below it; on narrow screens the menu is behind a button. */
export function Header({
  shop,
  collections,
  text,
}: {
  shop: Shop
  collections: CollectionLink[]
  text: HeaderText
}) {
  return (
    <>
      <SkipLink />
      <header className="header">
        <div className="header__bar page">
          <Disclosure
            className="menu"
            summary={
              <>
                <MenuIcon />
                <span className="menu__word">Menu</span>
              </>
            }
          >
            <div className="menu__panel">
              <nav aria-label="Menu">
                <ul role="list">
                  <MenuLinks collections={collections} />
                </ul>
              </nav>
              <AccountLink text={text} className="menu__account" />
            </div>
          </Disclosure>
          <ShopName shop={shop} />
          <div className="header__side">
            <SearchLink />
            <AccountLink text={text} className="header__link header__account" />
            <Bell text={text} />
            <CartLink text={text} />
          </div>
        </div>
        <Nav collections={collections} />
      </header>
    </>
  )
}

export function SkipLink() {
  return (
    <a href="#content" className="skip-link visually-hidden">
      Skip to content
    </a>
  )
}

/** A long name is set smaller, on up to two lines. */
export function ShopName({ shop }: { shop: Shop }) {
  return (
    <Link
      to={urls.home()}
      className={shop.name.length > 16 ? 'header__name header__name--long' : 'header__name'}
      dir="auto"
    >
      {shop.name}
    </Link>
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
      className="header__link header__bell"
      data-for={text.bellFor}
      aria-label={text.bellLabel}
    >
      <BellIcon />
      <span className="badge">{text.bellBadge}</span>
    </Link>
  )
}

function CartLink({ text }: { text: HeaderText }) {
  return (
    <Link
      to={urls.cart()}
      className="header__link"
      aria-label={text.cartLabel}
      onClick={(event) => {
        const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey
        if (!opensElsewhere && openCartDrawer()) event.preventDefault()
      }}
    >
      <BagIcon />
      <span className="badge">{text.cartBadge}</span>
    </Link>
  )
}
