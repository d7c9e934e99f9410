import { Link } from '@remix-run/react'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import type { KeptProduct } from '#app/domain/imports/imports.server.ts'
import { keptReasons } from '#app/domain/imports/imports.ts'
import { urls } from '#app/urls.ts'

/** The products that undoing the import left as they were, with the reason. */
export function KeptTable({ kept }: { kept: KeptProduct[] }) {
  const columns: Column<KeptProduct>[] = [
    {
      label: 'Product',
      isHead: true,
      cell: ({ reason, productId, title }) =>
        reason === 'deleted' || productId === null ? (
          <span dir="auto">{title}</span>
        ) : (
          <Link className="list__link" to={urls.admin.product(productId)} dir="auto">
            {title}
          </Link>
        ),
    },
    { label: 'Reason', isWide: true, isSilent: true, cell: ({ reason }) => keptReasons[reason] },
  ]
  return <DataTable caption="Products not undone" columns={columns} rows={kept} rowKey={({ id }) => id} />
}
