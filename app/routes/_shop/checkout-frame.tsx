import { Link } from '@remix-run/react'
import { ArrowIcon } from '#app/components/icons.tsx'
import type { Shop } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'
import { ShopName, SkipLink } from './header.tsx'

/** While an order is being placed, nothing leads elsewhere but the name and the cart, if it is one of a cart. */
export function CheckoutHeader({ shop, hasCart }: { shop: Shop; hasCart: boolean }) {
  return (
    <>
      <SkipLink />
      <header className="header">
        <div className="header__bar page">
          {hasCart && (
            <Link to={urls.cart()} className="header__back" aria-label="Back to cart">
              <ArrowIcon back />
              <span className="header__back-word">Back to cart</span>
            </Link>
          )}
          <ShopName shop={shop} />
        </div>
      </header>
    </>
  )
}

/** Whom to ask. */
export function CheckoutFooter({ shop }: { shop: Shop }) {
  return (
    <footer className="footer footer--short">
      <div className="footer__end page">
        <p dir="auto">© {shop.name}</p>
        <p>
          Questions? <a href={`mailto:${shop.contactEmail}`}>{shop.contactEmail}</a>
        </p>
      </div>
    </footer>
  )
}
