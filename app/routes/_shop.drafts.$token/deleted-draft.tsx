import { Link } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { useShop } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'

/** Instead of an order that the store deleted. */
export function DeletedDraft() {
  const shop = useShop()
  return (
    <div className="page error-page">
      <EmptyState art="deleted order" title="This order is no longer available" level="h1">
        <p>
          {shop?.name} withdrew it, so it can’t be placed. Do you still want it? Write to{' '}
          <a href={`mailto:${shop?.contactEmail}`}>{shop?.contactEmail}</a>.
        </p>
        <p className="empty__ways">
          <Link to={urls.allProducts()} className="button button--primary">
            View all products
          </Link>
        </p>
      </EmptyState>
    </div>
  )
}
