import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { formatNumber } from '#app/domain/intl.ts'
import type { ListedProblem } from './tab-content.server.ts'

const columns: Column<ListedProblem>[] = [
  {
    label: 'Line',
    isHead: true,
    isNarrow: true,
    cell: (issue) => (
      <>
        Line {formatNumber(issue.line)}
        <span className="sub">{issue.column}</span>
      </>
    ),
  },
  {
    label: 'Problem',
    isWide: true,
    isSilent: true,
    cell: (issue) => (
      <>
        {issue.message}
        <span className="sub" dir="auto">
          {issue.handle}
        </span>
      </>
    ),
  },
]

export function ProblemTable({ issues }: { issues: ListedProblem[] }) {
  return <DataTable caption="Problems by line" columns={columns} rows={issues} rowKey={(row) => row.id} />
}
