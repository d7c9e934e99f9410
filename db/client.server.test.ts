import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from './client.ts'

test('connections neither compile statements nor start parallel workers', async () => {
  const rows = await db.execute<{ name: string; setting: string }>(sql`
    select name, setting from pg_settings where name in ('jit', 'max_parallel_workers_per_gather') order by name`)
  expect(rows.map(({ name, setting }) => [name, setting])).toEqual([
    ['jit', 'off'],
    ['max_parallel_workers_per_gather', '0'],
  ])
})
