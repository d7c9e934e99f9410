import { useEffect, useState } from 'react'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { useShop } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'

/**
 * A plain form, so that the browser shows its upload progress; the small fields come before the file. With JavaScript
 * the upload starts when a file is chosen: nothing is changed before the result is reviewed.
 */
export function UploadForm({ refusal, overwrite }: { refusal?: string; overwrite: boolean }) {
  const shop = useShop()
  const [isRunning, setRunning] = useState(false)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    setRunning(true)
    // Back shows the page as it was left.
    const restore = () => setBusy(false)
    window.addEventListener('pageshow', restore)
    return () => window.removeEventListener('pageshow', restore)
  }, [])
  return (
    <Panel title="Upload a product file">
      <form
        className="upload"
        method="post"
        encType="multipart/form-data"
        action={urls.admin.imports()}
        onSubmit={() => setBusy(true)}
      >
        <CsrfField />
        <label className="check">
          <input type="checkbox" name="overwrite" defaultChecked={overwrite} />
          <span className="check__text">
            Update existing products
            <span className="check__hint">
              Products are recognized by their handle. If off, existing products are skipped. If on, each
              column in the file replaces the current value: an empty cell clears it, a missing column keeps
              it.
            </span>
          </span>
        </label>
        <div className="field">
          <label htmlFor="import-file">CSV file</label>
          <input
            className="upload__file"
            id="import-file"
            type="file"
            name="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
            required
            onChange={({ currentTarget: { files, form } }) => files?.length && form?.requestSubmit()}
            aria-invalid={refusal ? true : undefined}
            aria-describedby={refusal ? 'import-file-error import-file-hint' : 'import-file-hint'}
          />
          {refusal && (
            <p className="field__error" id="import-file-error" role="alert">
              {refusal}
            </p>
          )}
          <p className="field__hint" id="import-file-hint">
            {isRunning && 'The upload starts when you choose a file. '}A product export from Shopify or
            WooCommerce, up to 512 MB. Separators, encoding and price format are detected and shown before
            anything is changed. Prices are imported in {shop?.currency ?? 'the store’s currency'}.
          </p>
        </div>
        <div>
          <button className="button button--primary" type="submit" disabled={isBusy}>
            {isBusy ? 'Uploading…' : 'Upload and check'}
          </button>
        </div>
      </form>
    </Panel>
  )
}
