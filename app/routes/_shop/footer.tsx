import { Form, Link, useLocation, useRouteLoaderData } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import type { Shop } from '#app/components/shop.ts'
import { pagePath, type PageLink } from '#app/domain/pages/pages.ts'
import type { CollectionLink } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'

export function Footer({
  shop,
  collections,
  links = { pages: [], policies: [] },
}: {
  shop: Shop
  collections: CollectionLink[]
  /** Absent when they could not be loaded. */
  links?: { pages: PageLink[]; policies: PageLink[] }
}) {
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
        {links.pages.length > 0 && (
          <nav aria-labelledby="footer-pages">
            <h2 id="footer-pages">Information</h2>
            <PageLinks links={links.pages} />
          </nav>
        )}
        <Contact shop={shop} />
        {links.policies.length > 0 && (
          <nav aria-label="Policies" className="footer__policies">
            <PageLinks links={links.policies} />
          </nav>
        )}
        <div className="footer__end">
          <p dir="auto">© {shop.name}</p>
          <ThemeChoice />
        </div>
      </div>
    </footer>
  )
}

function Contact({ shop }: { shop: Shop }) {
  return (
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
  )
}

function PageLinks({ links }: { links: PageLink[] }) {
  return (
    <ul role="list">
      {links.map((link) => (
        <li key={link.handle}>
          <Link to={pagePath(link)} dir="auto">
            {link.title}
          </Link>
        </li>
      ))}
    </ul>
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
