import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { type FormFields, submittedOr } from '#app/components/form-fields.ts'
import { urls } from '#app/urls.ts'
import { EditForm, SaveBar } from './edit-form.tsx'
import { PageHead } from './page-head.tsx'

/** The page of one section of the settings: its form, which saves this section only. */
export function SettingsForm({
  title,
  about,
  version,
  form,
  children,
}: {
  title: string
  about?: string
  version: string
  form: FormFields
  children: React.ReactNode
}) {
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.settings(), label: 'Settings' }]} title={title} about={about} />
      <EditForm method="post" answer={form.answer} className="settings">
        <CsrfField />
        <input type="hidden" name="version" value={submittedOr(form.answer, 'version', version)} />
        <ErrorSummary form={form} />
        {children}
        <SaveBar>
          <button className="button button--primary" type="submit">
            Save
          </button>
        </SaveBar>
      </EditForm>
    </>
  )
}
