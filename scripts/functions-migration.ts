/** `npm run db:functions`: generates a migration from the files of db/functions that changed since the last one. */
import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { functionsMigration, listChangedFunctionFiles } from '../db/functions.ts'

const changed = listChangedFunctionFiles()
if (changed.length === 0) {
  console.log('No file in db/functions has changed.')
} else {
  execFileSync('drizzle-kit', ['generate', '--custom', '--name', 'functions'], { stdio: 'inherit' })
  const newest = readdirSync('drizzle')
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .at(-1)!
  writeFileSync(`drizzle/${newest}`, functionsMigration(changed))
  console.log(`drizzle/${newest}: ${changed.map(({ name }) => name).join(', ')}`)
}
