import { useNavigation } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { useShop } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'

/** A plain form, so that the browser shows its own progress; the small fields stand before the file. */
export function UploadForm({ refusal, overwrite }: { refusal?: string; overwrite: boolean }) {
  const shop = useShop()
  const isBusy = useNavigation().state === 'submitting'
  return (
    <Panel title="Upload a product file">
      <form className="upload" method="post" encType="multipart/form-data" action={urls.admin.imports()}>
        <CsrfField />
        <label className="check">
          <input type="checkbox" name="overwrite" defaultChecked={overwrite} />
          <span className="check__text">
            Change products that the shop already has
            <span className="check__hint">
              Products are recognised by their handle. Without this, known products are skipped. With it, each
              column of the file replaces what the shop has: an empty cell clears the field, a missing column
              leaves it alone.
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
            accept=".csv,text/csv"
            required
            aria-invalid={refusal ? true : undefined}
            aria-describedby={refusal ? 'import-file-error import-file-hint' : 'import-file-hint'}
          />
          {refusal && (
            <p className="field__error" id="import-file-error" role="alert">
              {refusal}
            </p>
          )}
          <p className="field__hint" id="import-file-hint">
            UTF-8, separated by commas, up to 512 MB. Prices carry no currency in such files: they are read as{' '}
            {shop?.currency ?? 'the shop’s currency'}.
          </p>
        </div>
        <div>
          <button className="button button--primary" type="submit" disabled={isBusy}>
            Upload and check
          </button>
        </div>
      </form>
    </Panel>
  )
}
