import { Link } from '@remix-run/react'

export type Sorting = { to: string; direction: 'ascending' | 'descending' | null }

export type Column<Row> = {
  label: string
  cell: (row: Row) => React.ReactNode
  /** Numbers are right-aligned, with tabular figures. */
  isNumber?: boolean
  /** The cell that names the row. */
  isHead?: boolean
  /** As narrow as its content. */
  isNarrow?: boolean
  /** Takes a full line of the card on a phone. */
  isWide?: boolean
  /** The label is for screen readers only. */
  isSilent?: boolean
  sort?: Sorting
}

/**
 * A table of rows. On a phone each row becomes a card with labels. The ARIA roles are explicit because a table with
 * another CSS display loses its own.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
}: {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => React.Key
}) {
  return (
    <table className="list list--cards" role="table">
      <caption className="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <HeadCell key={column.label} column={column} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => (
              <BodyCell key={column.label} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function HeadCell<Row>({ column }: { column: Column<Row> }) {
  const { sort } = column
  return (
    <th
      scope="col"
      role="columnheader"
      className={classOf(column)}
      aria-sort={sort ? (sort.direction ?? 'none') : undefined}
    >
      {sort ? (
        <Link to={sort.to}>
          {column.label}
          <span aria-hidden="true">
            {sort.direction === 'ascending' ? '↑' : sort.direction === 'descending' ? '↓' : ''}
          </span>
        </Link>
      ) : column.isSilent ? (
        <span className="visually-hidden">{column.label}</span>
      ) : (
        column.label
      )}
    </th>
  )
}

function BodyCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.cell(row)
  return column.isHead ? (
    <th scope="row" role="rowheader" className={classOf(column)}>
      {content}
    </th>
  ) : (
    // eslint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role -- on phones the table is a list, which loses the native role
    <td role="cell" className={classOf(column)} data-label={column.isSilent ? undefined : column.label}>
      {content}
    </td>
  )
}

function classOf<Row>(column: Column<Row>): string | undefined {
  const classes = [column.isNumber && 'end', column.isNarrow && 'tight', column.isWide && 'wide'].filter(
    Boolean,
  )
  return classes.join(' ') || undefined
}
