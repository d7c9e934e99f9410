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
type Words = { vendors: string[]; types: string[] }

/** What a product is called and says. */
export function ProductTexts({ fields }: { fields: Fields }) {
  return (
    <Panel>
      <div className="fields">
        <TextField field={fields.title} label="Title" autoComplete="off" />
        <TextArea
          field={fields.description}
          label="Description"
          hint="Plain HTML: paragraphs, headings, lists, links, tables. Scripts, styles and foreign pictures are taken out."
          rows={10}
          className="input--tall input--code"
        />
      </div>
    </Panel>
  )
}

/** Whether shoppers can see it, and since when. */
export function ProductVisibility({ fields, timeZone }: { fields: Fields; timeZone: string }) {
  return (
    <Panel title="In the shop">
      <div className="fields">
        <SelectField
          field={fields.status}
          label="Status"
          choices={[
            { value: 'draft', label: 'Draft: only staff see it' },
            { value: 'active', label: 'Active: on sale' },
            { value: 'archived', label: 'Archived: no longer sold' },
          ]}
        />
        <CheckField
          field={fields.isShown}
          label="Show it in the shop"
          hint="Without this, even an active product stays hidden."
        />
        <TextField
          field={fields.publishedAt}
          label="From (optional)"
          type="datetime-local"
          hint={`Empty means at once. The clock of the shop: ${timeZone}.`}
        />
      </div>
    </Panel>
  )
}

/** How it is filed: what filters, rules and the storefront go by. */
export function ProductFiling({ fields, words }: { fields: Fields; words: Words }) {
  return (
    <Panel title="Filed under">
      <div className="fields">
        <TextField field={fields.type} label="Product type (optional)" list="types" autoComplete="off" />
        <TextField field={fields.vendor} label="Vendor (optional)" list="vendors" autoComplete="off" />
        <TextField
          field={fields.tags}
          label="Tags (optional)"
          hint="Separated by commas. Collections can be made of them."
          autoComplete="off"
        />
        <TextField
          field={fields.category}
          label="Category (optional)"
          hint="A path, such as Home > Kitchen > Mugs."
          autoComplete="off"
        />
      </div>
      <WordList id="types" words={words.types} />
      <WordList id="vendors" words={words.vendors} />
    </Panel>
  )
}

function WordList({ id, words }: { id: string; words: string[] }) {
  return (
    <datalist id={id}>
      {words.map((word) => (
        <option key={word} value={word} />
      ))}
    </datalist>
  )
}

/** How it looks in a list of search results, and its address. */
export function SearchPanel({
  fields,
  folder,
  saved,
}: {
  fields: Pick<Fields, 'handle' | 'seoTitle' | 'seoDescription'>
  /** "/products/" or "/collections/". */
  folder: string
  /** As it stands now; nothing on a page that makes something new. */
  saved?: { handle: string; title: string; text: string }
}) {
  return (
    <Panel title="Search engines">
      <div className="fields">
        {saved && (
          <div className="preview" aria-label="As a search result, once saved">
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
              ? 'The end of the address. Links to the old address stop working when it changes.'
              : 'The end of the address; made from the title when empty.'
          }
          autoComplete="off"
          spellCheck={false}
        />
        <TextField
          field={fields.seoTitle}
          label="Title (optional)"
          hint="Up to about 60 letters are shown."
        />
        <TextArea
          field={fields.seoDescription}
          label="Description (optional)"
          hint="Up to about 160 letters are shown."
          rows={3}
        />
      </div>
    </Panel>
  )
}
