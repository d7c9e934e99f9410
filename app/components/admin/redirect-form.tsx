import { Link } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import { urls } from '#app/urls.ts'
import { EditForm } from './edit-form.tsx'
import { Panel } from './panel.tsx'

type RedirectFormProps = {
  /** Where the form is sent; by default its own page. */
  action?: string
  constraint: Record<string, Constraint>
  answer?: FormResponse
  /** The stored redirect; none to add one. */
  redirect?: { path: string; target: string; version: number }
}

/** The form that adds or changes a redirect: its two addresses. */
export function RedirectForm({ action, constraint, answer, redirect }: RedirectFormProps) {
  const form = formFields<{ path: string; target: string }>({ answer, constraint, values: redirect })
  return (
    <div className="settings">
      <Panel>
        <EditForm method="post" action={action} answer={answer} className="fields">
          <CsrfField />
          {redirect && (
            <input type="hidden" name="version" value={submittedOr(answer, 'version', redirect.version)} />
          )}
          <ErrorSummary form={form} />
          <Field
            {...form.field('path')}
            label="Old address"
            hint="A path of this store, such as /old-page. Only used when nothing else is at this address."
            autoComplete="off"
            spellCheck={false}
          />
          <Field
            {...form.field('target')}
            label="New address"
            hint="A path of this store, such as /collections/all, or a URL of another site."
            autoComplete="off"
            spellCheck={false}
          />
          <div className="row-of-actions">
            <button className="button button--primary" type="submit">
              Save redirect
            </button>
            <Link className="button button--quiet" to={urls.admin.redirects()}>
              Cancel
            </Link>
          </div>
        </EditForm>
      </Panel>
    </div>
  )
}
