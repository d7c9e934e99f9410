import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import type { FailedImage } from '#app/domain/imports/image-fetches.server.ts'
import { urls } from '#app/urls.ts'

/** The images that could not be fetched, with the reason. */
export function FailedImageTable({ images, importId }: { images: FailedImage[]; importId: number }) {
  const columns: Column<FailedImage>[] = [
    {
      label: 'Product',
      isHead: true,
      cell: (image) =>
        image.productId === null ? (
          'Deleted product'
        ) : (
          <Link className="list__link" to={urls.admin.product(image.productId)} dir="auto">
            {image.title}
          </Link>
        ),
    },
    {
      label: 'Reason',
      isWide: true,
      isSilent: true,
      cell: (image) => (
        <>
          {image.reason}
          <span className="sub web-address" dir="ltr">
            {image.url}
          </span>
        </>
      ),
    },
    {
      label: 'Actions',
      isNarrow: true,
      isWide: true,
      isSilent: true,
      cell: (image) => (
        <ActionForm to={urls.admin.retryImportImage(importId, image.id)} look="button">
          Try again<span className="visually-hidden">: {image.url}</span>
        </ActionForm>
      ),
    },
  ]
  return <DataTable caption="Failed images" columns={columns} rows={images} rowKey={({ id }) => id} />
}
