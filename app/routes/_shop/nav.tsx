import { NavLink } from '@remix-run/react'
import type { CollectionLink } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'
import { Disclosure } from '#app/components/disclosure.tsx'
import { splitMenu } from './split-menu.ts'

/** The line of collections below the name; what does not fit is behind "More". */
export function Nav({ collections }: { collections: CollectionLink[] }) {
  const { shown, more } = splitMenu(collections)
  return (
    <nav aria-label="Main" className="header__nav page">
      <ul role="list">
        <MenuLinks collections={shown} />
        {more.length > 0 && (
          <li>
            <Disclosure className="more" summary="More">
              <ul role="list" className="more__panel">
                {more.map((collection) => (
                  <MenuLink key={collection.handle} collection={collection} />
                ))}
                <li>
                  <NavLink to={urls.collections()} className="nav-link" end>
                    All collections
                  </NavLink>
                </li>
              </ul>
            </Disclosure>
          </li>
        )}
      </ul>
    </nav>
  )
}

export function MenuLinks({ collections }: { collections: CollectionLink[] }) {
  return (
    <>
      <li>
        <NavLink to={urls.allProducts()} className="nav-link" prefetch="intent">
          Shop all
        </NavLink>
      </li>
      {collections.map((collection) => (
        <MenuLink key={collection.handle} collection={collection} />
      ))}
    </>
  )
}

function MenuLink({ collection: { handle, title } }: { collection: CollectionLink }) {
  return (
    <li>
      <NavLink to={urls.collection(handle)} className="nav-link" prefetch="intent" dir="auto">
        {title}
      </NavLink>
    </li>
  )
}
