import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { DateTime } from '#app/components/date-time.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { EmailStatus } from '#app/components/admin/status-badges.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { emailKindLabels } from '#app/domain/mail/mail.ts'
import { hasLink, getEmail, revealLink } from '#app/domain/mail/emails.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'
import { LinkPanel } from './link-panel.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.email.subject || 'Email')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { role } = await requireUser(request)
  const email = orNotFound(await getEmail(parseId(params.emailId)))
  const isOwner = role === 'owner'
  const isAsked = new URL(request.url).searchParams.get('show') === 'link'
  return {
    email: { ...email, html: withoutStyleElements(email.html) },
    isOwner,
    isAsked,
    hasLink: await hasLink(email.id),
    link: isOwner && isAsked ? await revealLink(email, new Date()) : null,
  }
}

/** The frame inherits the store's policy, which blocks them. Without its dark colors an email is shown in light ones. */
function withoutStyleElements(html: string): string {
  return html.replace(/<style>.*?<\/style>/gs, '')
}

export type EmailPage = Awaited<ReturnType<typeof loader>>

export default function Email() {
  const page = useLoaderData<typeof loader>()
  const { email } = page
  const canTryAgain = email.status === 'failed' || email.status === 'held'
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.emails(), label: 'Emails' }]}
        title={email.subject || emailKindLabels[email.kind]}
        mark={<EmailStatus status={email.status} />}
      >
        {email.orderId && (
          <Link className="button" to={urls.admin.order(email.orderId)}>
            View order
          </Link>
        )}
        {canTryAgain && (
          <Form method="post" action={urls.admin.emailAttempts(email.id)}>
            <CsrfField />
            <button className="button button--primary" type="submit">
              Try again
            </button>
          </Form>
        )}
      </PageHead>
      {email.lastError && email.status !== 'sent' && (
        <div className="notice notice--warn error-summary">
          <p>
            Error from the email service: <span className="plain-text">{email.lastError}</span>
          </p>
        </div>
      )}
      <div className="columns">
        <div>
          {email.html ? (
            <Panel title="Preview" flush>
              {/* The most restrictive sandbox: no scripts, no forms, no navigation. */}
              <iframe
                className="mail-frame"
                title={`Email: ${email.subject}`}
                sandbox=""
                srcDoc={email.html}
              />
            </Panel>
          ) : (
            <Panel>
              <p>This email hasn’t been created yet.</p>
            </Panel>
          )}
          {email.text && (
            <Panel title="Plain text">
              <pre className="plain-text" dir="auto">
                {email.text}
              </pre>
            </Panel>
          )}
        </div>
        <div>
          {page.hasLink && <LinkPanel {...page} />}
          <Panel title="Details">
            <dl className="facts">
              <div>
                <dt>Type</dt>
                <dd>{emailKindLabels[email.kind]}</dd>
              </div>
              <div>
                <dt>To</dt>
                <dd>{email.toEmail}</dd>
              </div>
              <div>
                <dt>Created</dt>
                <dd>
                  <DateTime at={email.createdAt} as="long" />
                </dd>
              </div>
              {email.sentAt && (
                <div>
                  <dt>Sent</dt>
                  <dd>
                    <DateTime at={email.sentAt} as="long" />
                  </dd>
                </div>
              )}
              <div>
                <dt>Attempts</dt>
                <dd className="numeric">{email.attempts}</dd>
              </div>
            </dl>
          </Panel>
        </div>
      </div>
    </>
  )
}
