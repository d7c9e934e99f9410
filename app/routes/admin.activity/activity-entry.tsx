import { Link } from '@remix-run/react'
import { FieldValueText } from '#app/components/admin/field-value.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { changedColumns, type Entry, type ChangedRow, tableLabels } from '#app/domain/audit/activity.ts'
import { columnLabels, formatValue } from '#app/domain/audit/activity-labels.ts'
import { urls } from '#app/urls.ts'

type Links = Record<string, string>

/** Maximum number of rows shown per entry; the rest is collapsed. */
const maxShownRows = 5
const longText = 140

/** The changes of one transaction. */
export function ActivityEntry({ entry, links }: { entry: Entry; links: Links }) {
  const { actorId, actorName, at, changedRows } = entry
  const [shown, more] = [changedRows.slice(0, maxShownRows), changedRows.slice(maxShownRows)]
  return (
    <li className="change">
      <p className="change__about">
        <Link to={`${urls.admin.activity()}?person=${actorId}`} dir="auto">
          {actorName || `User ${actorId}`}
        </Link>
        , <DateTime at={at} as="long" />
      </p>
      {shown.map((thing) => (
        <ThingChange key={`${thing.table}/${thing.key}`} thing={thing} links={links} />
      ))}
      {more.length > 0 && (
        <details className="more">
          <summary>And {more.length} more</summary>
          {more.map((thing) => (
            <ThingChange key={`${thing.table}/${thing.key}`} thing={thing} links={links} />
          ))}
        </details>
      )}
    </li>
  )
}

const verbs = { insert: 'Added', update: 'Changed', delete: 'Deleted' } satisfies Record<
  ChangedRow['action'],
  string
>

function ThingChange({ thing, links }: { thing: ChangedRow; links: Links }) {
  const href = links[`${thing.table}/${thing.key}`]
  const what = (tableLabels as Record<string, string>)[thing.table] ?? thing.table
  const name = thing.label || `no. ${thing.key}`
  const columns = changedColumns(thing)
  return (
    <div className="change__thing">
      <h2>
        {verbs[thing.action]} the {what} <span dir="auto">{href ? <Link to={href}>{name}</Link> : name}</span>
      </h2>
      {columns.length === 0 ? null : thing.action === 'update' ? (
        <Columns thing={thing} columns={columns} />
      ) : (
        <details className="more">
          <summary>Show details</summary>
          <Columns thing={thing} columns={columns} />
        </details>
      )}
    </div>
  )
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
