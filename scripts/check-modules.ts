/** `npm run check`, step "modules": prints the module order and fails on a wrong import or a wrong write. */
import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import * as schema from '../db/schema/index.ts'
import { moduleOrder, tableOwners } from './modules.ts'

const root = path.dirname(import.meta.dirname)
const rank = new Map(moduleOrder.flatMap((line, index) => line.map((name) => [name, index])))
const tables = new Map(
  Object.keys(schema).map((name) => [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
)
const issues: string[] = []

for (const file of globSync('app/domain/**/*.{ts,tsx}', { cwd: root })) {
  if (/\.test\.tsx?$/.test(file)) continue
  const source = readFileSync(path.join(root, file), 'utf8')
  checkImports(file, source)
  checkWrites(file, source)
}
for (const table of Object.keys(tableOwners))
  if (!tables.has(table)) issues.push(`scripts/modules.ts names a table that does not exist: ${table}`)

console.log(moduleOrder.map((line) => line.join(' ')).join(' < '))
for (const issue of issues) console.log(issue)
process.exit(issues.length === 0 ? 0 : 1)

/** The folder under app/domain; null for the pure files beside the folders, which everybody may import. */
function moduleOf(file: string): string | null {
  return /^app\/domain\/([^/]+)\//.exec(file)?.[1] ?? null
}

/** Types count as well: a circle of types is a circle. */
function checkImports(file: string, source: string) {
  const from = moduleOf(file)
  if (from !== null && !rank.has(from)) issues.push(`${file}: module ${from} is not in scripts/modules.ts`)
  for (const { fileName } of ts.preProcessFile(source).importedFiles) {
    const target = resolveImport(fileName, file)
    const to = target && moduleOf(target)
    if (!to || to === from) continue
    if (from === null) issues.push(`${file} stands below the modules and imports ${target}`)
    else if (rank.get(to)! >= rank.get(from)!)
      issues.push(`${file}: ${from} may not import ${to} (${target})`)
  }
}

function resolveImport(specifier: string, file: string): string | null {
  if (specifier.startsWith('#app/')) return `app/${specifier.slice('#app/'.length)}`
  if (specifier.startsWith('.')) return path.join(path.dirname(file), specifier)
  return null
}

/** Writes through Drizzle (`.insert(orders)`) and in SQL text (`insert into orders`, `insert into ${orders}`). */
function checkWrites(file: string, source: string) {
  const module = moduleOf(file)
  const writes = [
    ...source.matchAll(/\.(?:insert|update|delete)\((?:schema\.)?(\w+)\)/g),
    ...source.matchAll(/\b(?:insert into|update|delete from)\s+(?:\$\{)?"?(\w+)/gi),
  ]
  for (const [, written = ''] of writes) {
    const table = [...tables].find(([name, sqlName]) => written === name || written === sqlName)?.[0]
    if (!table || !schemaTable(table)) continue
    const owners = tableOwners[table]
    if (!owners) issues.push(`${file} writes ${table}, which has no owner in scripts/modules.ts`)
    else if (!owners.includes(module ?? '')) issues.push(`${file}: ${module} may not write ${table}`)
  }
}

function schemaTable(name: string): boolean {
  const value = (schema as Record<string, unknown>)[name]
  return typeof value === 'object' && value !== null && 'getSQL' in value
}
