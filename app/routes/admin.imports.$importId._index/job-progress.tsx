import { Panel } from '#app/components/admin/panel.tsx'
import { useRepeatedLoad } from '#app/components/admin/use-repeated-load.ts'
import type { Import } from '#app/domain/imports/imports.server.ts'

/** How far the job is: the page hears it, asks by itself now and then, and without JavaScript reloads. */
export function JobProgress({ facts }: { facts: Import }) {
  useRepeatedLoad(true, 10_000)
  const { words, done } = progressOf(facts)
  return (
    <Panel>
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <div className="job">
        <p role="status">{words}</p>
        <progress className="job__bar" max={100} value={done} aria-label="Progress" />
        {facts.failure && <p className="soft">{facts.failure}</p>}
      </div>
    </Panel>
  )
}

function progressOf(facts: Import): { words: string; done: number } {
  const number = (value: number) => value.toLocaleString('en')
  if (facts.status === 'applying') {
    const all = facts.createCount + facts.updateCount
    return {
      words: `Applying: ${number(facts.appliedCount)} of ${number(all)} products are written.`,
      done: (100 * facts.appliedCount) / Math.max(1, all),
    }
  }
  if (facts.status === 'uploaded') return { words: 'The file is here. Checking begins in a moment.', done: 0 }
  return {
    words: `Checking: ${number(facts.rowsRead)} rows are read. Nothing is written to the shop yet.`,
    done: (100 * facts.bytesRead) / facts.byteSize,
  }
}
