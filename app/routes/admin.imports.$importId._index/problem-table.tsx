import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { formatNumber } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'
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
        {issue.value && <span className="sub" dir="auto">{`Value: ${issue.value}`}</span>}
        <span className="sub" dir="auto">
          {issue.handle}
        </span>
      </>
    ),
  },
]

export function ProblemTable({
  issues,
  importId,
  severity,
}: {
  issues: ListedProblem[]
  importId: number
  severity: 'error' | 'warning'
}) {
  return (
    <>
      <p className="import-note">
        <a className="button" href={urls.admin.importProblems(importId, severity)} download>
          {severity === 'error' ? 'Download rejected rows (CSV)' : 'Download warnings (CSV)'}
        </a>
      </p>
      <DataTable caption="Problems by line" columns={columns} rows={issues} rowKey={(row) => row.id} />
    </>
  )
}
