import { Link } from '@remix-run/react'
import { FieldValueText } from '#app/components/admin/field-value.tsx'
import { Moment } from '#app/components/moment.tsx'
import { changedColumns, type Entry, type Thing, thingText } from '#app/domain/activity/activity.ts'
import { columnText, valueOf } from '#app/domain/activity/activity-words.ts'
import { urls } from '#app/urls.ts'

type Links = Record<string, string>

/** So many things of one entry are shown at once; the rest unfolds. */
const shownThings = 5
const longText = 140

/** What one person did at once. */
export function ActivityEntry({ entry, links }: { entry: Entry; links: Links }) {
  const { actorId, actorName, at, things } = entry
  const [shown, more] = [things.slice(0, shownThings), things.slice(shownThings)]
  return (
    <li className="change">
      <p className="change__about">
        <Link to={`${urls.admin.activity()}?person=${actorId}`} dir="auto">
          {actorName || `No. ${actorId}`}
        </Link>
        , <Moment at={at} as="long" />
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
  Thing['action'],
  string
>

function ThingChange({ thing, links }: { thing: Thing; links: Links }) {
  const href = links[`${thing.table}/${thing.key}`]
  const what = (thingText as Record<string, string>)[thing.table] ?? thing.table
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
          <summary>{thing.action === 'insert' ? 'See what it holds' : 'See what it held'}</summary>
          <Columns thing={thing} columns={columns} />
        </details>
      )}
    </div>
  )
}

function Columns({ thing, columns }: { thing: Thing; columns: ReturnType<typeof changedColumns> }) {
  return (
    <dl className="diff">
      {columns.map(([column, before, after]) => (
        <div className="diff__row" key={column}>
          <dt className="diff__field">{columnText[column] ?? column.replaceAll('_', ' ')}</dt>
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
  const shown = valueOf(of, value)
  if (shown.kind !== 'text' || shown.text.length <= longText) return <FieldValueText value={shown} />
  return (
    <details>
      <summary>{shown.text.slice(0, longText / 2)}…</summary>
      {shown.text}
    </details>
  )
}
