import { Form, useSearchParams } from '@remix-run/react'
import { promotionKinds } from '#app/domain/promotions/promotions.ts'

/** Promotions of one kind; keeps the search and the status. */
export function KindFilter({ kind }: { kind: string }) {
  const [params] = useSearchParams()
  return (
    <Form method="get" className="filters">
      {['q', 'show'].map((name) =>
        params.get(name) ? <input key={name} type="hidden" name={name} value={params.get(name)!} /> : null,
      )}
      <select
        className="input filters__choice"
        name="kind"
        aria-label="Type of promotion"
        key={kind}
        defaultValue={kind}
      >
        <option value="any">All types</option>
        {Object.entries(promotionKinds).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <button className="button" type="submit">
        Filter
      </button>
    </Form>
  )
}
