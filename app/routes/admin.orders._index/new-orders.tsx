import { Link } from '@remix-run/react'
import { withParams } from '#app/components/admin/list-params.ts'
import { formatCount } from '#app/domain/intl.ts'

/** Announced by screen readers when it appears; its space is reserved, so that nothing below it moves. */
export function NewOrders({ count, params }: { count: number; params: URLSearchParams }) {
  const show = params.get('show') === 'canceled' ? null : params.get('show')
  return (
    <p className="news" role="status">
      {count > 0 && (
        <>
          {formatCount(count, 'new order')}{' '}
          <Link className="button" to={withParams(params, { show, sort: null, q: null, page: null })}>
            Show
          </Link>
        </>
      )}
    </p>
  )
}
