import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { deletePromotion, getPromotionForStaff } from '#app/domain/promotions/edit-promotion.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'promotions' } satisfies RouteHandle

export const meta = () => adminMeta('Delete promotion')

export async function loader({ params }: LoaderFunctionArgs) {
  const { promotion, wasUsed } = orNotFound(await getPromotionForStaff(parseId(params.promotionId)))
  const { id, title, generatedCodes, endsAt } = promotion
  return { id, title, generatedCodes, wasUsed, hasEnded: endsAt !== null && endsAt <= new Date() }
}

export const action = buttonAction({
  ids: ['promotionId'],
  command: ({ promotionId }, by) => deletePromotion(promotionId, by),
  // A refusal leads back to the question, which then says why.
  page: ({ promotionId }, done) => (done ? urls.admin.promotions() : urls.admin.deletePromotion(promotionId)),
  done: ({ title }) => ({ kind: 'success', text: `“${title}” was deleted.` }),
  refusals: { used: 'Orders have used this promotion, so it can’t be deleted.' },
}).action

export default function DeletePromotion() {
  const { id, title, generatedCodes, wasUsed, hasEnded } = useLoaderData<typeof loader>()
  const back = (
    <Link className="button button--quiet" to={urls.admin.promotion(id)}>
      {wasUsed ? 'Back' : 'Cancel'}
    </Link>
  )
  if (wasUsed)
    return (
      <Panel title="This promotion can’t be deleted">
        <p>
          Orders have used it, and they keep their discount.{' '}
          {hasEnded ? 'It has ended, so no new order gets it.' : 'End it, so that no new order gets it.'}
        </p>
        <div className="row-of-actions apart">
          {!hasEnded && <ActionForm to={urls.admin.endPromotion(id)}>End now</ActionForm>}
          {back}
        </div>
      </Panel>
    )
  return (
    <Panel title={`Delete “${title}”?`}>
      <p>
        Customers no longer get it
        {generatedCodes > 0 && `, and its ${formatCount(generatedCodes, 'code')} stop working`}. This can’t be
        undone.
      </p>
      <Form method="post" className="row-of-actions apart">
        <CsrfField />
        <button className="button button--danger" type="submit">
          Delete promotion
        </button>
        {back}
      </Form>
    </Panel>
  )
}
