import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf, queryOf } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { PromotionPeriod } from '#app/components/admin/promotion-period.tsx'
import { PromotionStatus } from '#app/components/admin/promotion-status.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { useMoney } from '#app/components/shop.ts'
import { can } from '#app/domain/access/access.ts'
import {
  countPromotions,
  listPromotions,
  type PromotionFilter,
  promotionFilters,
  type PromotionListRow,
  promotionsPerPage,
} from '#app/domain/promotions/list-promotions.server.ts'
import {
  describeBenefit,
  describeMethod,
  describeUses,
  isPromotionKind,
} from '#app/domain/promotions/promotions.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { signedInVisitor } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { KindFilter } from './kind-filter.tsx'

export const handle = { access: 'promotions' } satisfies RouteHandle

export const meta = () => adminMeta('Promotions')

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId, user } = await signedInVisitor(request)
  const params = new URL(request.url).searchParams
  const kind = params.get('kind')
  const asked = {
    filter: oneOf(promotionFilters, params.get('show')),
    kind: isPromotionKind(kind) ? kind : ('any' as const),
    query: queryOf(params),
    page: pageOf(params),
  }
  const [list, counts] = await Promise.all([listPromotions(asked), countPromotions()])
  // Orders change how often a promotion was used.
  const shown = can(user, 'orders') ? [topics.catalog, topics.admin] : [topics.catalog]
  const live = grantToVisitor(request, { sessionId, position, topics: shown })
  return { ...list, counts, asked, filters: promotionFilters, perPage: promotionsPerPage, live }
}

export const shouldRevalidate = revalidateOn(['catalog', 'admin'])

const filterLabels = {
  all: 'All',
  active: 'Active',
  scheduled: 'Scheduled',
  ended: 'Ended',
} satisfies Record<PromotionFilter, string>

export default function Promotions() {
  const { promotions, total, counts, asked, filters, perPage } = useLoaderData<typeof loader>()
  const columns = useColumns()
  if (counts.all === 0) return <NoPromotions />
  return (
    <ListPage
      title="Promotions"
      actions={
        <Link className="button button--primary" to={urls.admin.newPromotion()}>
          Create promotion
        </Link>
      }
      tabs={{
        name: 'Filter promotions',
        values: filters,
        labels: filterLabels,
        countOf: (filter) => counts[filter],
        current: asked.filter,
      }}
      search={{
        query: asked.query,
        label: 'Search promotions by title or code',
        placeholder: 'Title or code',
        keep: {
          show: asked.filter === 'all' ? null : asked.filter,
          kind: asked.kind === 'any' ? null : asked.kind,
        },
      }}
      filters={<KindFilter kind={asked.kind} />}
      rows={promotions}
      columns={columns}
      empty={{
        icon: 'promotions',
        title: 'No promotions match',
        children: (
          <Link className="button" to={urls.admin.promotions()}>
            Show all promotions
          </Link>
        ),
      }}
      pages={{ page: asked.page, perPage, total, noun: ['promotion', 'promotions'] }}
    />
  )
}

function useColumns(): Column<PromotionListRow>[] {
  const money = useMoney()
  return [
    {
      label: 'Promotion',
      isHead: true,
      cell: (promotion) => (
        <>
          <Link className="list__link" to={urls.admin.promotion(promotion.id)} dir="auto">
            {promotion.title}
          </Link>
          <span className="sub">{describeBenefit(promotion, money)}</span>
        </>
      ),
    },
    { label: 'Code', cell: (promotion) => describeMethod(promotion) },
    { label: 'Status', isNarrow: true, cell: ({ status }) => <PromotionStatus status={status} /> },
    { label: 'Period', isNarrow: true, cell: (promotion) => <PromotionPeriod {...promotion} /> },
    {
      label: 'Used',
      isNumber: true,
      isNarrow: true,
      cell: ({ uses, usageLimit }) => describeUses(uses, usageLimit),
    },
  ]
}

function NoPromotions() {
  return (
    <ListPage
      title="Promotions"
      rows={[]}
      columns={[]}
      empty={{
        icon: 'promotions',
        title: 'No promotions yet',
        children: (
          <>
            <p>Offer a discount, free shipping or “buy 2, get 1”, automatically or with a code.</p>
            <Link className="button button--primary" to={urls.admin.newPromotion()}>
              Create promotion
            </Link>
          </>
        ),
      }}
    />
  )
}
