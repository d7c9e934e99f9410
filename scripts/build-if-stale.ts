import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)

/** The inputs of the build; tests and documents are not. */
const sources = [
  ...['app', 'db', 'jobs', 'public'],
  ...['env.server.ts', 'package-lock.json', 'remix.config.js', 'vite.config.ts'],
]

/** Builds when a source is newer than the build. Does nothing where only the build is installed. */
export async function buildIfStale() {
  if (!existsSync(path.join(root, 'vite.config.ts'))) return
  const complete = statSync(path.join(root, 'build/.complete'), { throwIfNoEntry: false })
  if (complete && (await newest()) <= complete.mtimeMs) return
  const startedAt = Date.now()
  console.log(complete ? 'Sources have changed. Building…' : 'First build…')
  const { build } = await import('./build.ts')
  build()
  console.log(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
}

/** Includes folders: their time changes when a file in them is deleted. */
async function newest() {
  const times = sources.map(async (source) => {
    const start = path.join(root, source)
    const inside = await readdir(start, { recursive: true, withFileTypes: true }).catch(() => [])
    const files = inside
      .filter(({ name }) => !name.includes('.test.'))
      .map((file) => path.join(file.parentPath, file.name))
    return [start, ...files].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  })
  return Math.max(...(await Promise.all(times)).flat())
}
