import { Form, Link, useLocation, useRouteLoaderData } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import type { Shop } from '#app/components/shop.ts'
import type { CollectionLink } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'

export function Footer({ shop, collections }: { shop: Shop; collections: CollectionLink[] }) {
  return (
    <footer className="footer">
      <div className="footer__inner page">
        <div>
          <p className="footer__name" dir="auto">
            {shop.name}
          </p>
          {shop.tagline && (
            <p className="soft" dir="auto">
              {shop.tagline}
            </p>
          )}
        </div>
        <nav aria-labelledby="footer-shop">
          <h2 id="footer-shop">Shop</h2>
          <ul role="list">
            <li>
              <Link to={urls.allProducts()}>All products</Link>
            </li>
            {collections.slice(0, 6).map(({ handle, title }) => (
              <li key={handle}>
                <Link to={urls.collection(handle)} dir="auto">
                  {title}
                </Link>
              </li>
            ))}
            {collections.length > 0 && (
              <li>
                <Link to={urls.collections()}>All collections</Link>
              </li>
            )}
          </ul>
        </nav>
        <nav aria-labelledby="footer-orders">
          <h2 id="footer-orders">Your orders</h2>
          <ul role="list">
            <li>
              <Link to={urls.findOrders()}>Find your order</Link>
            </li>
            <li>
              <Link to={urls.account.home()}>Your account</Link>
            </li>
          </ul>
        </nav>
        <div>
          <h2>Contact</h2>
          <address className="stack">
            <p>
              <a href={`mailto:${shop.contactEmail}`}>{shop.contactEmail}</a>
            </p>
            {shop.contactPhone && (
              <p>
                <a href={`tel:${shop.contactPhone.replace(/[^+\d]/g, '')}`}>{shop.contactPhone}</a>
              </p>
            )}
            {shop.contactAddress && (
              <p className="soft" dir="auto">
                {shop.contactAddress}
              </p>
            )}
          </address>
        </div>
        <div className="footer__end">
          <p dir="auto">© {shop.name}</p>
          <ThemeChoice />
        </div>
      </div>
    </footer>
  )
}

const themes = [
  { value: 'system', label: 'Auto' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

function ThemeChoice() {
  const root = useRouteLoaderData<{ theme?: string }>('root')
  const { pathname, search } = useLocation()
  const current = root?.theme ?? 'system'
  return (
    <Form method="post" action="/theme" preventScrollReset>
      <CsrfField />
      <input type="hidden" name="next" value={pathname + search} />
      <div className="theme" role="group" aria-label="Colors">
        {themes.map(({ value, label }) => (
          <button
            key={value}
            name="theme"
            value={value}
            className="theme__choice"
            aria-pressed={value === current}
          >
            {label}
          </button>
        ))}
      </div>
    </Form>
  )
}
