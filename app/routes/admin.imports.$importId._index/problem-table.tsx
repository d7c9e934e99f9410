import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import type { ShownProblem } from './shown.server.ts'

const columns: Column<ShownProblem>[] = [
  {
    label: 'Where',
    isHead: true,
    isTight: true,
    cell: (problem) => (
      <>
        Line {problem.line.toLocaleString('en')}
        <span className="sub">{problem.column}</span>
      </>
    ),
  },
  {
    label: 'What is the matter',
    isWide: true,
    isSilent: true,
    cell: (problem) => (
      <>
        {problem.message}
        <span className="sub" dir="auto">
          {problem.handle}
        </span>
      </>
    ),
  },
]

export function ProblemTable({ problems }: { problems: ShownProblem[] }) {
  return <DataTable caption="Problems by line" columns={columns} rows={problems} rowKey={(row) => row.id} />
}
