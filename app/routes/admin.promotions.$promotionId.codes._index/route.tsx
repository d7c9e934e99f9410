import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { oneOf, pageOf, withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { OrderLink } from '#app/components/admin/promotion-usage.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { Tabs } from '#app/components/admin/tabs.tsx'
import { Pagination } from '#app/components/pagination.tsx'
import { can } from '#app/domain/access/access.ts'
import { formatCount } from '#app/domain/intl.ts'
import { getPromotionForStaff } from '#app/domain/promotions/edit-promotion.server.ts'
import {
  codesPerPage,
  generateCodes,
  type GenerateCodesRefusal,
  listCodes,
} from '#app/domain/promotions/generate-codes.server.ts'
import { generateCodesSchema } from '#app/domain/promotions/promotion.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { GenerateForm } from './generate-form.tsx'

export const handle = { access: 'promotions' } satisfies RouteHandle

export const meta = () => adminMeta('Promotion codes')

const filters = ['all', 'unused', 'used'] as const
const filterLabels = { all: 'All', unused: 'Unused', used: 'Used' }

export async function loader({ request, params }: LoaderFunctionArgs) {
  const staff = await requireUser(request)
  const { promotion } = orNotFound(await getPromotionForStaff(parseId(params.promotionId)))
  const search = new URL(request.url).searchParams
  const asked = { filter: oneOf(filters, search.get('show')), page: pageOf(search) }
  return {
    id: promotion.id,
    version: promotion.version,
    ...(await listCodes({ promotionId: promotion.id, ...asked })),
    asked,
    perPage: codesPerPage,
    maySeeOrders: can(staff, 'orders'),
    constraint: constraintsOf(generateCodesSchema),
  }
}

export type CodesPage = Awaited<ReturnType<typeof loader>>

const messages = {
  'not-generated': 'This promotion doesn’t use generated codes. Change that in its details first.',
  'too-many': 'A promotion can have at most 100,000 codes. Enter a smaller number.',
  stale: 'This promotion was changed or got codes meanwhile, so none were generated. Reload the page first.',
} satisfies Record<GenerateCodesRefusal, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const promotionId = parseId(params.promotionId)
  const submission = await parseForm(request, generateCodesSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = orNotFound(await generateCodes({ ...submission.value, promotionId, by: staff.id }))
  if (!result.ok) return formResponse(submission, { problem: messages[result.reason] })
  const text = `${formatCount(submission.value.count, 'code')} generated.`
  return redirectWithToast(urls.admin.promotionCodes(promotionId), { kind: 'success', text })
}

export default function PromotionCodes() {
  const page = useLoaderData<typeof loader>()
  const { id, codes, counts, asked, perPage } = page
  const [params] = useSearchParams()
  return (
    <>
      <GenerateForm key={page.version} {...page} />
      <Panel
        title="Codes"
        action={
          counts.all > 0 && (
            <a className="button button--small" href={urls.admin.promotionCodesFile(id)} download>
              Download all as CSV
            </a>
          )
        }
        flush
      >
        {counts.all > 0 && (
          <Tabs
            name="Filter codes"
            values={filters}
            labels={filterLabels}
            countOf={(filter) => counts[filter]}
            current={asked.filter}
            to={(value) => withParams(params, { show: value === 'all' ? null : value })}
          />
        )}
        {codes.length === 0 ? (
          <EmptyState title={counts.all === 0 ? 'No codes yet' : 'No matching codes'}>
            {counts.all === 0 && <p>Generate codes above, then download them to send them out.</p>}
          </EmptyState>
        ) : (
          <DataTable
            caption="Codes"
            columns={columnsFor(page)}
            rows={codes}
            rowKey={({ id: codeId }) => codeId}
          />
        )}
        <Pagination
          page={asked.page}
          perPage={perPage}
          total={counts[asked.filter]}
          noun={['code', 'codes']}
          to={(to) => withParams(params, { page: to })}
        />
      </Panel>
    </>
  )
}

function columnsFor({ maySeeOrders }: Pick<CodesPage, 'maySeeOrders'>): Column<CodesPage['codes'][number]>[] {
  return [
    { label: 'Code', isHead: true, cell: ({ code }) => <span className="numeric">{code}</span> },
    {
      label: 'Status',
      isNarrow: true,
      cell: ({ orderId }) => (orderId === null ? <Status tone="good">Unused</Status> : <Status>Used</Status>),
    },
    {
      label: 'Order',
      isNarrow: true,
      cell: ({ orderId, number, numberPrefix }) =>
        orderId !== null && (
          <OrderLink
            order={{ id: orderId, number: number!, numberPrefix: numberPrefix! }}
            maySeeOrders={maySeeOrders}
          />
        ),
    },
  ]
}
