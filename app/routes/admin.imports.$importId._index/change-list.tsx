import { Link } from '@remix-run/react'
import { FieldValueText } from '#app/components/admin/field-value.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { FieldChange } from '#app/domain/imports/diff.ts'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import type { CreateSummary } from '#app/domain/imports/summary.ts'
import { urls } from '#app/urls.ts'
import type { ListedChange } from './tab-content.server.ts'

/** The products of a change set, each with its old and new values side by side. */
export function ChangeList({ changes }: { changes: ListedChange[] }) {
  return (
    <ul role="list">
      {changes.map((change) => (
        <li className="change" key={change.id}>
          <div className="change__head">
            <h2 dir="auto">
              {change.productId === null ? (
                change.title
              ) : (
                <Link to={urls.admin.product(change.productId)}>{change.title}</Link>
              )}
            </h2>
            <span className="change__about">
              <span dir="auto">{change.handle}</span>, line {formatNumber(change.line)}
              {change.appliedAt && ', imported'}
            </span>
          </div>
          {change.create && <NewProduct summary={change.create} />}
          {change.update && <ChangedFields {...change.update} />}
        </li>
      ))}
    </ul>
  )
}

function NewProduct({ summary }: { summary: CreateSummary }) {
  const money = useMoney()
  const { priceMin, priceMax, variantCount, imageCount } = summary
  const price =
    priceMin === null || priceMax === null
      ? 'no price'
      : priceMin === priceMax
        ? money(priceMin)
        : `${money(priceMin)} – ${money(priceMax)}`
  const parts = [
    price,
    formatCount(variantCount, 'variant'),
    imageCount === 0 ? 'no images' : formatCount(imageCount, 'image'),
    summary.status === 'active' && !summary.isShown ? 'active, hidden' : summary.status,
  ]
  return <p className="change__about">{parts.join(' · ')}</p>
}

function ChangedFields({ fields, more }: { fields: FieldChange[]; more: number }) {
  return (
    <dl className="diff">
      {fields.map((change, index) => (
        <div className="diff__row" key={index}>
          <dt className="diff__field">
            {change.of && <b dir="auto">{change.of}</b>}
            {change.field}
          </dt>
          <dd className="diff__value">
            <span className="visually-hidden">Before: </span>
            <del dir="auto">
              <FieldValueText value={change.from} />
            </del>
          </dd>
          <dd className="diff__value">
            <span className="visually-hidden">After: </span>
            <ins dir="auto">
              <FieldValueText value={change.to} />
            </ins>
          </dd>
        </div>
      ))}
      {more > 0 && (
        <div className="diff__row">
          <dt className="diff__field">And {formatNumber(more)} more changed fields</dt>
        </div>
      )}
    </dl>
  )
}
