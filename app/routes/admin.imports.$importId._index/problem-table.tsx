import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import type { ShownProblem } from './shown.server.ts'

const columns: Column<ShownProblem>[] = [
  { label: 'Line', isHead: true, isTight: true, cell: (problem) => problem.line.toLocaleString('en') },
  {
    label: 'Product',
    cell: (problem) => problem.handle && <span dir="auto">{problem.handle}</span>,
  },
  { label: 'Column', cell: (problem) => problem.column },
  { label: 'What is the matter', isWide: true, cell: (problem) => problem.message },
]

export function ProblemTable({ problems }: { problems: ShownProblem[] }) {
  return <DataTable caption="Problems by line" columns={columns} rows={problems} rowKey={(row) => row.id} />
}
