import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { NoEmailService } from '#app/components/admin/no-email-service.tsx'
import { useShop } from '#app/components/shop.ts'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf } from '#app/components/admin/list-params.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { EmailStatus } from '#app/components/admin/status-badges.tsx'
import { emailKindLabels } from '#app/domain/mail/mail.ts'
import { listEmails, emailsPerPage } from '#app/domain/mail/emails.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Emails')

const filters = ['all', 'queued', 'sent', 'held', 'failed'] as const
const filterLabels = { all: 'All', queued: 'Queued', sent: 'Sent', held: 'Not sent', failed: 'Failed' }

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const filter = oneOf(filters, params.get('show'))
  const page = pageOf(params)
  const list = await listEmails({ status: filter === 'all' ? null : filter, page })
  return { ...list, filter, page, perPage: emailsPerPage }
}

type Row = Awaited<ReturnType<typeof loader>>['emails'][number]

const columns: Column<Row>[] = [
  {
    label: 'Email',
    isHead: true,
    cell: (email) => (
      <>
        <Link className="list__link" to={urls.admin.email(email.id)} dir="auto">
          {email.subject || emailKindLabels[email.kind]}
        </Link>
        <span className="sub">{emailKindLabels[email.kind]}</span>
      </>
    ),
  },
  { label: 'To', isWide: true, cell: (email) => email.toEmail },
  { label: 'Status', isNarrow: true, cell: (email) => <EmailStatus status={email.status} /> },
  { label: 'Created', isNarrow: true, cell: (email) => <DateTime at={email.createdAt} /> },
]

export default function Emails() {
  const { emails, total, filter, page, perPage } = useLoaderData<typeof loader>()
  const shop = useShop()
  return (
    <ListPage
      title="Emails"
      about="Emails sent to customers and staff. “Not sent” means that no email service is set up."
      actions={<ActionForm to={urls.admin.testEmail()}>Send a test email</ActionForm>}
      top={!shop?.sendsEmail && <NoEmailService />}
      tabs={{ name: 'Filter emails', values: filters, labels: filterLabels, current: filter }}
      rows={emails}
      columns={columns}
      empty={{
        icon: 'emails',
        title: filter === 'all' ? 'No emails yet' : 'No matching emails',
        children: (
          <p>
            {filter === 'all'
              ? 'The first email is created when the first order is placed.'
              : 'No emails with this status.'}
          </p>
        ),
      }}
      pages={{ page, perPage, total, noun: ['email', 'emails'] }}
    />
  )
}
