import { useActionData } from '@remix-run/react'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import { urls } from '#app/urls.ts'
import type { CodesPage } from './route.tsx'

/** Adds random codes. The version makes sure that a form that is sent twice generates once. */
export function GenerateForm({ id, version, constraint }: CodesPage) {
  const result = useActionData<FormResponse>()
  const form = formFields({ id: 'codes', answer: result, constraint, values: { count: '100', prefix: '' } })
  return (
    <Panel title="Generate codes">
      <EditForm method="post" action={`${urls.admin.promotionCodes(id)}?index`} answer={result}>
        <CsrfField />
        <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
        <ErrorSummary form={form} />
        <div className="fields fields--2">
          <Field
            {...form.field('count')}
            label="Number of codes"
            type="number"
            hint="Up to 10,000 at once."
          />
          <Field
            {...form.field('prefix')}
            label="Prefix"
            isOptional
            hint="For example SPRING-, in front of 12 random characters."
            autoComplete="off"
            spellCheck={false}
            className="input--upper"
          />
        </div>
        <div className="row-of-actions apart">
          <button className="button button--primary" type="submit">
            Generate codes
          </button>
        </div>
      </EditForm>
    </Panel>
  )
}
