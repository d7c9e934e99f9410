import { Form, Link, useSearchParams } from '@remix-run/react'
import { Pagination } from '#app/components/pagination.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { withParams } from './list-params.ts'
import { PageHead } from './page-head.tsx'
import { SearchFields } from './search-fields.tsx'
import { Tabs } from './tabs.tsx'

type ListPageProps<Row, Filter extends string> = {
  title: string
  about?: React.ReactNode
  /** Buttons of the head; the primary one last. */
  actions?: React.ReactNode
  /** Between the head and the list. */
  top?: React.ReactNode
  /** Tabs for the query parameter "show"; the first filter is the default. */
  tabs?: Omit<React.ComponentProps<typeof Tabs<Filter>>, 'to' | 'keepsScroll'>
  /** A search by the query parameter "q"; `keep` is submitted with it. */
  search?: React.ComponentProps<typeof SearchFields> & { keep: Record<string, string | null> }
  /** Other filters, above the rows. */
  filters?: React.ReactNode
  rows: Row[]
  /** In place of the rows when there are none. */
  empty?: React.ComponentProps<typeof EmptyState>
  /** Pages for the query parameter "page"; `noun` in singular and plural. */
  pages?: { page: number; perPage: number; total: number; noun: [string, string] }
  /** Below the rows. */
  foot?: React.ReactNode
} & (
  | { columns: Column<Row>[]; children?: undefined }
  /** Rows that are no table. */
  | { columns?: undefined; children: React.ReactNode }
)

/** A list of the admin: head, filters, search, rows as a table, pagination. */
export function ListPage<Row extends { id: React.Key }, Filter extends string = never>({
  title,
  about,
  actions,
  top,
  tabs,
  search,
  filters,
  rows,
  empty,
  columns,
  children,
  pages,
  foot,
}: ListPageProps<Row, Filter>) {
  const [params] = useSearchParams()
  return (
    <>
      <PageHead title={title} about={about}>
        {actions}
      </PageHead>
      {top}
      <div className="panel">
        {tabs && (
          <Tabs
            {...tabs}
            to={(value) => withParams(params, { show: value === tabs.values[0] ? null : value })}
          />
        )}
        {search && <Search {...search} params={params} />}
        {filters}
        {rows.length === 0 && empty ? (
          <EmptyState {...empty} />
        ) : columns ? (
          <DataTable caption={title} columns={columns} rows={rows} rowKey={({ id }) => id} />
        ) : (
          children
        )}
        {pages && <Pagination {...pages} to={(page) => withParams(params, { page })} />}
        {foot}
      </div>
    </>
  )
}

function Search({
  keep,
  params,
  ...fields
}: React.ComponentProps<typeof SearchFields> & {
  keep: Record<string, string | null>
  params: URLSearchParams
}) {
  return (
    <Form method="get" role="search" className="filters">
      {Object.entries(keep).map(
        ([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <div className="filters__search">
        <SearchFields {...fields} />
      </div>
      {fields.query && <Link to={withParams(params, { q: null })}>Clear search</Link>}
    </Form>
  )
}
