import { describeFormat, dialectLabels, type FileFormat } from '#app/domain/imports/file-format.ts'
import type { Import } from '#app/domain/imports/imports.server.ts'

/** What the dry run detected about the file, for staff to check before the import is applied. */
export function DetectedFormat({
  facts: { dialect, format },
}: {
  facts: Pick<Import, 'dialect' | 'format'>
}) {
  if (!dialect || !format) return null
  return (
    <p className="import-note">
      <b>{dialectLabels[dialect]}.</b> <span dir="auto">{describeFormat(format as FileFormat)}</span>
    </p>
  )
}
