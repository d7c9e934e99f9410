import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { DraftForm } from '#app/components/admin/draft-form.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { DraftStatus } from '#app/components/admin/status-badges.tsx'
import { readDraft } from '#app/domain/drafts/read-draft.server.ts'
import { draftName } from '#app/domain/orders/draft-states.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { draftAction } from '#app/http/forms/draft-action.server.ts'
import { draftValues } from '#app/http/forms/draft-values.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'
import { SendPanel } from './send-panel.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Draft order')

/** A draft that was placed is the order now. */
export async function loader({ params }: LoaderFunctionArgs) {
  const settings = orNotFound(await getSettings())
  const { draft, cart, quote } = orNotFound(await readDraft(parseId(params.draftId), settings))
  if (draft.orderId !== null) throw redirect(urls.admin.order(draft.orderId), 303)
  const { id, state, email, by, version, sentAt, createdAt } = draft
  return {
    draft: { id, state, email, by, version, sentAt, createdAt },
    link: env.appOrigin + urls.draft(draft.token),
    ...(await draftValues(draft, settings, { cart, quote })),
  }
}

/** Sending changes the draft's version and state, too. */
export const shouldRevalidate: ShouldRevalidateFunction = (of) =>
  of.formAction?.endsWith('/send') ? of.defaultShouldRevalidate : revalidateForm(of)

export const action = ({ request, params }: ActionFunctionArgs) =>
  draftAction(request, parseId(params.draftId))

export type DraftPage = Awaited<ReturnType<typeof loader>>

export default function Draft() {
  const page = useLoaderData<typeof loader>()
  const { draft } = page
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.drafts(), label: 'Draft orders' },
        ]}
        title={`Draft ${draftName(draft)}`}
        mark={<DraftStatus state={draft.state} />}
        about={`Nothing is reserved until the order is created.${draft.by ? ` Created by ${draft.by}.` : ''}`}
      >
        <Link className="button button--quiet" to={urls.admin.deleteDraft(draft.id)}>
          Delete
        </Link>
        <Link className="button" to={urls.admin.placeDraft(draft.id)}>
          Create order
        </Link>
      </PageHead>
      <SendPanel {...page} />
      <DraftForm
        page={page}
        answer={useActionData<typeof action>()}
        back={
          <Link className="button button--quiet" to={urls.admin.drafts()}>
            Back
          </Link>
        }
      />
    </>
  )
}
