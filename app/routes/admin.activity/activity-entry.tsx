import { Link } from '@remix-run/react'
import { FieldValueText } from '#app/components/admin/field-value.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { changedColumns, type Entry, type ChangedRow } from '#app/domain/audit/activity.ts'
import { columnLabels } from '#app/domain/audit/column-labels.ts'
import { formatValue } from '#app/domain/audit/format-value.ts'
import { describeChange, type SentencePart } from '#app/domain/audit/sentences.ts'
import { urls } from '#app/urls.ts'

type Links = Record<string, string>

/** Maximum number of rows shown per entry; the rest is collapsed. */
const maxShownRows = 5
const longText = 140

/** The changes of one transaction, as sentences. */
export function ActivityEntry({ entry, links }: { entry: Entry; links: Links }) {
  const { actorId, actorName, at, changedRows } = entry
  // The timeline of an order repeats what the other rows say.
  const own = changedRows.filter(({ table }) => table !== 'order_events' || changedRows.length === 1)
  const [shown, more] = [own.slice(0, maxShownRows), own.slice(maxShownRows)]
  const actor = (
    <Link className="change__actor" to={`${urls.admin.activity()}?person=${actorId}`} dir="auto">
      {actorName || `User ${actorId}`}
    </Link>
  )
  return (
    <li className="change">
      <p className="change__about">
        <DateTime at={at} as="long" />
      </p>
      {shown.map((row, index) => (
        <RowChange key={`${row.table}/${row.key}`} row={row} links={links} actor={index === 0 && actor} />
      ))}
      {more.length > 0 && (
        <details className="more">
          <summary>And {more.length} more</summary>
          {more.map((row) => (
            <RowChange key={`${row.table}/${row.key}`} row={row} links={links} actor={false} />
          ))}
        </details>
      )}
    </li>
  )
}

type RowChangeProps = { row: ChangedRow; links: Links; actor: React.ReactNode }

/** "Maya changed the price of Pot from $1.00 to $2.00."; later rows of an entry begin with the verb. */
function RowChange({ row, links, actor }: RowChangeProps) {
  const { parts, isComplete } = describeChange(row)
  const columns = changedColumns(row)
  const href = links[`${row.table}/${row.key}`]
  return (
    <div className="change__thing">
      <h2 className={actor ? undefined : 'change__and'}>
        {actor}{' '}
        {parts.map((part, index) => (
          <Part key={index} part={part} href={href} />
        ))}
        .
      </h2>
      {columns.length === 0 || isComplete ? null : row.action === 'update' ? (
        <Columns thing={row} columns={columns} />
      ) : (
        <details className="more">
          <summary>Show details</summary>
          <Columns thing={row} columns={columns} />
        </details>
      )}
    </div>
  )
}

function Part({ part, href }: { part: SentencePart; href: string | undefined }) {
  if (typeof part === 'string') return part
  if ('value' in part)
    return (
      <b dir="auto">
        <FieldValueText value={part.value} />
      </b>
    )
  return <span dir="auto">{href ? <Link to={href}>{part.name}</Link> : part.name}</span>
}

function Columns({ thing, columns }: { thing: ChangedRow; columns: ReturnType<typeof changedColumns> }) {
  return (
    <dl className="diff">
      {columns.map(([column, before, after]) => (
        <div className="diff__row" key={column}>
          <dt className="diff__field">{columnLabels[column] ?? column.replaceAll('_', ' ')}</dt>
          {thing.action !== 'insert' && (
            <dd className="diff__value">
              <span className="visually-hidden">Before: </span>
              <del dir="auto">
                <Value of={{ table: thing.table, column }} value={before} />
              </del>
            </dd>
          )}
          {thing.action !== 'delete' && (
            <dd className="diff__value">
              <span className="visually-hidden">After: </span>
              <ins dir="auto">
                <Value of={{ table: thing.table, column }} value={after} />
              </ins>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

function Value({ of, value }: { of: { table: string; column: string }; value: unknown }) {
  const shown = formatValue(of, value)
  if (shown.kind !== 'text' || shown.text.length <= longText) return <FieldValueText value={shown} />
  return (
    <details>
      <summary>{shown.text.slice(0, longText / 2)}…</summary>
      {shown.text}
    </details>
  )
}
