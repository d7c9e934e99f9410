import { Panel } from '#app/components/admin/panel.tsx'
import { usePolling } from '#app/components/admin/use-polling.ts'
import type { Import } from '#app/domain/imports/imports.server.ts'
import { formatNumber } from '#app/domain/intl.ts'

/** The job's progress: updated by events and by polling, and without JavaScript by reloading (the route's handle). */
export function JobProgress({ job }: { job: Import }) {
  usePolling(true, 10_000)
  const { text, done } = describeProgress(job)
  return (
    <Panel>
      <div className="job">
        <p role="status">{text}</p>
        <progress className="job__bar" max={100} value={done} aria-label="Progress" />
        {job.failure && <p className="soft">{job.failure}</p>}
      </div>
    </Panel>
  )
}

function describeProgress(job: Import): { text: string; done: number } {
  if (job.status === 'applying') {
    const all = job.createCount + job.updateCount
    return {
      text: `Applying: ${formatNumber(job.appliedCount)} of ${formatNumber(all)} products imported.`,
      done: (100 * job.appliedCount) / Math.max(1, all),
    }
  }
  if (job.status === 'undoing') {
    const done = job.undoneCount + job.keptCount
    return {
      text: `Undoing: ${formatNumber(done)} of ${formatNumber(job.appliedCount)} products.`,
      done: (100 * done) / Math.max(1, job.appliedCount),
    }
  }
  if (job.status === 'uploaded') return { text: 'Uploaded. Checking…', done: 0 }
  return {
    text: `Checking: ${formatNumber(job.rowsRead)} rows read. Nothing is changed yet.`,
    done: (100 * job.bytesRead) / job.byteSize,
  }
}
