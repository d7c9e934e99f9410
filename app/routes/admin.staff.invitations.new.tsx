import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { StaffAccessFields, type StaffAccessValues } from '#app/components/admin/staff-access-fields.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { createInvitation, type CreateInvitationResult } from '#app/domain/staff/invitations.server.ts'
import { grantablePermissions, staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { inviteSchema } from '#app/domain/staff/staff.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { isEmailServiceSet } from '#app/domain/mail/delivery.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { limitMailbox } from '#app/http/forms/email-request-action.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Invite staff')

export async function loader({ request }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  return {
    grantable: grantablePermissions(me),
    canMakeAdmins: me.role === 'owner',
    constraint: constraintsOf(inviteSchema),
  }
}

const refusals = {
  ...staffRefusalMessages,
  'already-staff': 'A staff member with this email address already exists.',
  suspended: 'The account with this address is suspended. Unsuspend it first.',
} satisfies Record<Extract<CreateInvitationResult, { ok: false }>['reason'], string>

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, inviteSchema)
  if (submission.status !== 'success') return formResponse(submission)
  await limitMailbox(submission.value.email)
  const result = await createInvitation({ ...submission.value, by: staff.id })
  if (!result.ok) return formResponse(submission, { problem: refusals[result.reason] })
  return redirectWithToast(urls.admin.staff(), {
    kind: 'success',
    text: isEmailServiceSet()
      ? `${submission.value.email} was invited. The link in the email expires in a week.`
      : `${submission.value.email} was invited. No email was sent: open it under Emails and pass on its link.`,
  })
}

export default function Invite() {
  const { constraint, ...rights } = useLoaderData<typeof loader>()
  const shop = useShop()
  const result = useActionData<typeof action>()
  const form = formFields<StaffAccessValues & { email: string }>({
    id: 'invitation',
    answer: result,
    values: { email: '', role: 'staff', permissions: [] },
    constraint,
  })
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.staff(), label: 'Staff' }]}
        title="Invite staff"
        about={
          shop?.sendsEmail
            ? 'They get an email with a link that works once, for a week. A second invitation replaces the first.'
            : 'No email service is set up, so the owner finds the link under Emails and passes it on. It works once, for a week.'
        }
      />
      <EditForm method="post" answer={result} className="settings">
        <CsrfField />
        <ErrorSummary form={form} />
        <Panel>
          <div className="fields">
            <Field {...form.field('email')} label="Email" type="email" autoComplete="off" />
            <StaffAccessFields form={form} {...rights} />
          </div>
        </Panel>
        <SaveBar>
          <button className="button button--primary" type="submit">
            Send invitation
          </button>
          <Link className="button button--quiet" to={urls.admin.staff()}>
            Cancel
          </Link>
        </SaveBar>
      </EditForm>
    </>
  )
}
