import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import type { PageKind } from '#app/domain/pages/pages.ts'
import { toDescriptionHtml } from '#app/domain/products/description.ts'
import { EditForm, SaveBar } from './edit-form.tsx'
import { CheckField } from './fields.tsx'
import { Panel } from './panel.tsx'
import { SearchPanel } from './product-fields.tsx'
import { RichTextField } from './rich-text/rich-text-field.tsx'

type PageValues = {
  title: string
  handle: string
  body: string
  isPublished: string
  inFooter: string
  seoTitle: string
  seoDescription: string
}

type PageFormProps = {
  /** Where the form is sent. */
  action: string
  kind: PageKind
  values: PageValues
  version?: number
  saved?: { handle: string; title: string; text: string }
  constraint: Record<string, Constraint>
  result?: FormResponse
  children: React.ReactNode
}

/** The form that creates or changes a page or a policy; `children` are the buttons. */
export function PageForm({ children, ...props }: PageFormProps) {
  const { action, kind, values, version, saved, constraint, result } = props
  const form = formFields<PageValues>({ id: 'page', answer: result, constraint, values })
  const isPolicy = kind === 'policy'
  return (
    // As multipart, in which a long text in any script has room.
    <EditForm method="post" action={action} encType="multipart/form-data" answer={result}>
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
      )}
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <Panel>
            <div className="fields">
              <Field {...form.field('title')} label="Title" autoComplete="off" />
              <RichTextField
                {...form.field('body')}
                label="Text"
                toHtml={toDescriptionHtml}
                hint="An empty line starts a paragraph. HTML works too: headings, lists, links and tables."
                editorHint="Headings, lists, links and tables are kept when you paste text."
                rows={16}
                className="input--tall"
              />
            </div>
          </Panel>
          <SearchPanel
            field={form.field}
            folder={isPolicy ? '/policies/' : '/pages/'}
            saved={saved}
            hasFixedHandle={isPolicy}
          />
        </div>
        <div>
          <Panel title="Visibility">
            <div className="fields">
              <CheckField
                {...form.field('isPublished')}
                label="Show in store"
                hint={
                  isPolicy
                    ? 'Linked in the footer, in the checkout, on orders and in emails.'
                    : 'If off, only staff can see a preview.'
                }
              />
              {!isPolicy && (
                <CheckField
                  {...form.field('inFooter')}
                  label="Link in the footer"
                  hint="New links are added at the end; change the order in the list of pages."
                />
              )}
            </div>
          </Panel>
        </div>
      </div>
      <SaveBar>{children}</SaveBar>
    </EditForm>
  )
}
