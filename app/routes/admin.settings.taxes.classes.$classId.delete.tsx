import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConfirmDelete } from '#app/components/admin/confirm-delete.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { formatCount } from '#app/domain/intl.ts'
import { deleteTaxClass, getTaxClass } from '#app/domain/taxes/tax-classes.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Delete tax class')

export async function loader({ params }: LoaderFunctionArgs) {
  return orNotFound(await getTaxClass(parseId(params.classId)))
}

export const action = buttonAction({
  ids: ['classId'],
  command: ({ classId }, by) => deleteTaxClass(classId, by),
  page: () => urls.admin.settings('taxes'),
  done: ({ title }) => ({ kind: 'success', text: `“${title}” was deleted.` }),
}).action

export default function DeleteTaxClass() {
  const { id, title, rateCount, productCount, isForShipping } = useLoaderData<typeof loader>()
  return (
    <ConfirmDelete title={title} submit="Delete class" back={urls.admin.taxClass(id)}>
      This deletes the class{rateCount > 0 && ` with its ${formatCount(rateCount, 'rate')}`}.
      {productCount > 0 && ` The class of ${formatCount(productCount, 'product')} becomes Standard.`}
      {isForShipping && ' Shipping is taxed at the standard rate.'} Existing orders don’t change.
    </ConfirmDelete>
  )
}
