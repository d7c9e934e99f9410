import type { LoaderFunctionArgs } from '@remix-run/node'
import { NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { PromotionStatus } from '#app/components/admin/promotion-status.tsx'
import { formatNumber } from '#app/domain/intl.ts'
import { getPromotionHead } from '#app/domain/promotions/list-promotions.server.ts'
import { methodOf, promotionKinds } from '#app/domain/promotions/promotions.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'promotions' } satisfies RouteHandle

export async function loader({ params }: LoaderFunctionArgs) {
  return orNotFound(await getPromotionHead(parseId(params.promotionId)))
}

/** The header that all pages of a promotion share. */
export default function Promotion() {
  const promotion = useLoaderData<typeof loader>()
  const { id, title, kind, status, generatedCodes } = promotion
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.promotions(), label: 'Promotions' }]}
        title={title}
        mark={<PromotionStatus status={status} />}
        about={promotionKinds[kind].label}
      >
        {status !== 'ended' && <ActionForm to={urls.admin.endPromotion(id)}>End now</ActionForm>}
      </PageHead>
      {methodOf(promotion) === 'generated' && (
        <nav className="tabs" aria-label="Promotion">
          <NavLink to={urls.admin.promotion(id)} end>
            Details
          </NavLink>
          <NavLink to={urls.admin.promotionCodes(id)}>
            Codes <span className="tabs__count">{formatNumber(generatedCodes)}</span>
          </NavLink>
        </nav>
      )}
      <Outlet />
    </>
  )
}
