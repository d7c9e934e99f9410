import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { DraftForm } from '#app/components/admin/draft-form.tsx'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { draftAction } from '#app/http/forms/draft-action.server.ts'
import { draftAddress } from '#app/http/forms/draft-values.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Create order')

export async function loader() {
  const address = await draftAddress('', orNotFound(await getSettings()))
  return { version: 1, rows: [], typed: [], quote: null, ...address, values: { country: address.country } }
}

export const shouldRevalidate = revalidateForm

export const action = ({ request }: ActionFunctionArgs) => draftAction(request, null)

export default function NewDraft() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.drafts(), label: 'Draft orders' },
        ]}
        title="Create order"
        about="It is saved as a draft. Nothing is reserved until the order is created."
      />
      <DraftForm
        page={page}
        answer={useActionData<typeof action>()}
        back={
          <Link className="button button--quiet" to={urls.admin.drafts()}>
            Cancel
          </Link>
        }
      />
    </>
  )
}
