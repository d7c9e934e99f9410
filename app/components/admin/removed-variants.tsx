import { formatCount } from '#app/domain/intl.ts'

/** Asks, inside a refused form, before a change of options deletes variants. */
export function RemovedVariants({ variants }: { variants: { title: string; stock: number }[] }) {
  const shown = variants.slice(0, 30)
  return (
    <div className="notice notice--warn error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{formatCount(variants.length, 'variant')} will be deleted, with stock and history</h2>
      <ul>
        {shown.map(({ title, stock }) => (
          <li key={title} dir="auto">
            {title}
            {stock !== 0 && `: ${stock} in stock`}
          </li>
        ))}
        {variants.length > shown.length && <li>and {variants.length - shown.length} more</li>}
      </ul>
      <p>Nothing is saved yet. Existing orders are not affected. Save again to delete them.</p>
      <input type="hidden" name="removals" value={variants.length} />
    </div>
  )
}
