import { SelectField, CheckField, TextArea, TextField } from './fields.tsx'
import type { AnyField } from './form.tsx'
import { Panel } from './panel.tsx'

export type ProductFormValues = {
  title: string
  handle: string
  description: string
  vendor: string
  type: string
  tags: string
  category: string
  status: string
  isShown: string
  publishedAt: string
  seoTitle: string
  seoDescription: string
}

type Fields = Record<keyof ProductFormValues, AnyField>
type Suggestions = { vendors: string[]; types: string[] }

/** Title and description of a product. */
export function ProductContentFields({ fields }: { fields: Fields }) {
  return (
    <Panel>
      <div className="fields">
        <TextField field={fields.title} label="Title" autoComplete="off" />
        <TextArea
          field={fields.description}
          label="Description"
          hint="HTML with paragraphs, headings, lists, links and tables. Scripts, styles and external images are removed."
          rows={10}
          className="input--tall input--code"
        />
      </div>
    </Panel>
  )
}

/** Visibility in the store and publish date. */
export function ProductVisibility({ fields, timeZone }: { fields: Fields; timeZone: string }) {
  return (
    <Panel title="Visibility">
      <div className="fields">
        <SelectField
          field={fields.status}
          label="Status"
          choices={[
            { value: 'draft', label: 'Draft: visible to staff only' },
            { value: 'active', label: 'Active: on sale' },
            { value: 'archived', label: 'Archived: no longer available' },
          ]}
        />
        <CheckField
          field={fields.isShown}
          label="Show in store"
          hint="If off, the product stays hidden even when active."
        />
        <TextField
          field={fields.publishedAt}
          label="Publish date (optional)"
          type="datetime-local"
          hint={`Leave empty to publish now. Time zone: ${timeZone}.`}
        />
      </div>
    </Panel>
  )
}

/** Organization: what filters, conditions and the storefront use. */
export function ProductOrganizationFields({
  fields,
  suggestions,
}: {
  fields: Fields
  suggestions: Suggestions
}) {
  return (
    <Panel title="Organization">
      <div className="fields">
        <TextField field={fields.type} label="Product type (optional)" list="types" autoComplete="off" />
        <TextField field={fields.vendor} label="Vendor (optional)" list="vendors" autoComplete="off" />
        <TextField
          field={fields.tags}
          label="Tags (optional)"
          hint="Separate with commas. Used for automatic collections."
          autoComplete="off"
        />
        <TextField
          field={fields.category}
          label="Category (optional)"
          hint="A path, such as Home > Kitchen > Mugs."
          autoComplete="off"
        />
      </div>
      <SuggestionList id="types" suggestions={suggestions.types} />
      <SuggestionList id="vendors" suggestions={suggestions.vendors} />
    </Panel>
  )
}

function SuggestionList({ id, suggestions }: { id: string; suggestions: string[] }) {
  return (
    <datalist id={id}>
      {suggestions.map((suggestion) => (
        <option key={suggestion} value={suggestion} />
      ))}
    </datalist>
  )
}

/** Title and description in search results, and the URL. */
export function SearchPanel({
  fields,
  folder,
  saved,
}: {
  fields: Pick<Fields, 'handle' | 'seoTitle' | 'seoDescription'>
  /** "/products/" or "/collections/". */
  folder: string
  /** The stored value; absent on a page that creates something. */
  saved?: { handle: string; title: string; text: string }
}) {
  return (
    <Panel title="Search engines">
      <div className="fields">
        {saved && (
          <div className="preview" aria-label="Search result preview (after saving)">
            <span className="preview__address">
              {folder}
              {saved.handle}
            </span>
            <span className="preview__title" dir="auto">
              {saved.title}
            </span>
            <span className="preview__text" dir="auto">
              {saved.text || 'No description yet.'}
            </span>
          </div>
        )}
        <TextField
          field={fields.handle}
          label="Handle (optional)"
          unit={folder}
          hint={
            saved
              ? 'Last part of the URL. Links to the old URL redirect to the new one.'
              : 'Last part of the URL; generated from the title.'
          }
          autoComplete="off"
          spellCheck={false}
        />
        <TextField field={fields.seoTitle} label="Title (optional)" hint="About 60 characters are shown." />
        <TextArea
          field={fields.seoDescription}
          label="Description (optional)"
          hint="About 160 characters are shown."
          rows={3}
        />
      </div>
    </Panel>
  )
}
