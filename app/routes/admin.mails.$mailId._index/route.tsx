import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { Moment } from '#app/components/moment.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { MailStatus } from '#app/components/admin/states.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { mailKindText } from '#app/domain/mail/mail.ts'
import { carriesLink, getMail, revealLink } from '#app/domain/mail/mails.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'
import { LinkPanel } from './link-panel.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.mail.subject || 'Mail')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { role } = await userOf(request)
  const mail = orNotFound(await getMail(idOf(params.mailId)))
  const isOwner = role === 'owner'
  const isAsked = new URL(request.url).searchParams.get('show') === 'link'
  return {
    mail,
    isOwner,
    isAsked,
    carriesLink: await carriesLink(mail.id),
    link: isOwner && isAsked ? await revealLink(mail, new Date()) : null,
  }
}

export type MailPage = Awaited<ReturnType<typeof loader>>

export default function Mail() {
  const page = useLoaderData<typeof loader>()
  const { mail } = page
  const canTryAgain = mail.status === 'failed' || mail.status === 'held'
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.mails(), label: 'Mails' }]}
        title={mail.subject || mailKindText[mail.kind]}
        mark={<MailStatus status={mail.status} />}
      >
        {mail.orderId && (
          <Link className="button" to={urls.admin.order(mail.orderId)}>
            See the order
          </Link>
        )}
        {canTryAgain && (
          <Form method="post" action={urls.admin.mailAttempts(mail.id)}>
            <CsrfField />
            <button className="button button--primary" type="submit">
              Try again
            </button>
          </Form>
        )}
      </PageHead>
      {mail.lastError && mail.status !== 'sent' && (
        <div className="notice notice--warn error-summary">
          <p>
            The mail service said: <span className="plain-text">{mail.lastError}</span>
          </p>
        </div>
      )}
      <div className="columns">
        <div>
          {mail.html ? (
            <Panel title="As it is read" flush>
              {/* Without any permission: no scripts, no forms, no way out of the frame. */}
              <iframe className="mail-frame" title={`Mail: ${mail.subject}`} sandbox="" srcDoc={mail.html} />
            </Panel>
          ) : (
            <Panel>
              <p>It is not written yet: that happens when it is its turn.</p>
            </Panel>
          )}
          {mail.text && (
            <Panel title="As plain text">
              <pre className="plain-text" dir="auto">
                {mail.text}
              </pre>
            </Panel>
          )}
        </div>
        <div>
          {page.carriesLink && <LinkPanel {...page} />}
          <Panel title="About it">
            <dl className="facts">
              <div>
                <dt>Kind</dt>
                <dd>{mailKindText[mail.kind]}</dd>
              </div>
              <div>
                <dt>To</dt>
                <dd>{mail.toEmail}</dd>
              </div>
              <div>
                <dt>Written</dt>
                <dd>
                  <Moment at={mail.createdAt} as="long" />
                </dd>
              </div>
              {mail.sentAt && (
                <div>
                  <dt>Sent</dt>
                  <dd>
                    <Moment at={mail.sentAt} as="long" />
                  </dd>
                </div>
              )}
              <div>
                <dt>Attempts</dt>
                <dd className="numeric">{mail.attempts}</dd>
              </div>
            </dl>
          </Panel>
        </div>
      </div>
    </>
  )
}
