import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)
const separator = '--> statement-breakpoint'
const header = (name: string) => `-- db/functions/${name}\n`

/** The files of db/functions that differ from the newest migration made from them. */
export function listChangedFunctionFiles(): { name: string; sql: string }[] {
  const migrations = readdirSync(path.join(root, 'drizzle'))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .reverse()
    .map((file) => readFileSync(path.join(root, 'drizzle', file), 'utf8'))
  return readdirSync(path.join(root, 'db/functions'))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(path.join(root, 'db/functions', name), 'utf8') }))
    .filter(({ name, sql }) => {
      const newest = migrations.find((migration) => migration.includes(header(name)))
      return !newest?.includes(header(name) + sql.trimEnd())
    })
}

/** The text of a migration that installs these files. */
export function functionsMigration(files: { name: string; sql: string }[]): string {
  return `${files.map(({ name, sql }) => header(name) + sql.trimEnd()).join(`\n${separator}\n`)}\n`
}
