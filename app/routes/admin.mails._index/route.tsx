import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { oneOf, pageOf, withParams } from '#app/components/admin/list-params.ts'
import { Moment } from '#app/components/moment.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pages } from '#app/components/admin/pages.tsx'
import { MailStatus } from '#app/components/admin/states.tsx'
import { mailKindText } from '#app/domain/mail/mail.ts'
import { listMails, mailsPerPage } from '#app/domain/mail/mails.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Mails')

const filters = ['all', 'queued', 'sent', 'held', 'failed'] as const
const filterWords = { all: 'All', queued: 'Waiting', sent: 'Sent', held: 'Kept here', failed: 'Failed' }

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const filter = oneOf(filters, params.get('show'))
  const page = pageOf(params)
  const list = await listMails({ status: filter === 'all' ? null : filter, page })
  return { ...list, filter, page, perPage: mailsPerPage }
}

type Row = Awaited<ReturnType<typeof loader>>['mails'][number]

const columns: Column<Row>[] = [
  {
    label: 'Mail',
    isHead: true,
    cell: (mail) => (
      <>
        <Link className="list__link" to={urls.admin.mail(mail.id)} dir="auto">
          {mail.subject || mailKindText[mail.kind]}
        </Link>
        <span className="sub">{mailKindText[mail.kind]}</span>
      </>
    ),
  },
  { label: 'To', isWide: true, cell: (mail) => mail.toEmail },
  { label: 'Status', isTight: true, cell: (mail) => <MailStatus status={mail.status} /> },
  { label: 'Written', isTight: true, cell: (mail) => <Moment at={mail.createdAt} /> },
]

export default function Mails() {
  const { mails, total, filter, page, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return (
    <>
      <PageHead
        title="Mails"
        about="What the shop writes to shoppers and staff. “Kept here” means that no mail service is set up."
      />
      <div className="panel">
        <nav className="tabs" aria-label="Which mails">
          {filters.map((one) => (
            <Link
              key={one}
              to={withParams(params, { show: one === 'all' ? null : one })}
              aria-current={one === filter ? 'page' : undefined}
            >
              {filterWords[one]}
            </Link>
          ))}
        </nav>
        {mails.length === 0 ? (
          <Blank icon="mails" title={filter === 'all' ? 'No mails yet' : 'None of these'}>
            <p>
              {filter === 'all'
                ? 'The first one is written when the first order is placed.'
                : 'There is no mail in this state.'}
            </p>
          </Blank>
        ) : (
          <DataTable caption="Mails" columns={columns} rows={mails} rowKey={(mail) => mail.id} />
        )}
        <Pages
          page={page}
          perPage={perPage}
          total={total}
          noun={['mail', 'mails']}
          to={(to) => withParams(params, { page: to })}
        />
      </div>
    </>
  )
}
