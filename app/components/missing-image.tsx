import { initials } from './initials.ts'

/** A neutral tile with the product's initials in place of a missing image. Fills its frame. */
export function MissingImage({ name }: { name: string }) {
  return (
    <svg className="no-image" viewBox="0 0 400 400" aria-hidden="true" focusable="false">
      <text x="200" y="200" textAnchor="middle" dominantBaseline="central">
        {initials(name)}
      </text>
    </svg>
  )
}
