import { freePort, startTill } from './till.ts'

export type RunningShop = {
  origin: string
  /** The setup link that the start printed; null once the shop is claimed. */
  setupLink: string | null
  /** Everything the server has written so far. */
  output(): string
  stop(): Promise<void>
  /** Kills it like a power cut; resolves when it has exited. */
  kill(): Promise<void>
}

/** A start is complete when the line after the URL, or after the link, is printed. */
const isOpen = /Till is running at .+\n(.*Set up your store.*\n)?\s*\n/

/**
 * Starts the built shop as its own process on a free port, and waits until it says that it is open. Needs a folder for
 * its own PostgreSQL, or a database URL.
 */
export async function startShop(
  where: { dataDir: string } | { databaseUrl: string },
  settings: Record<string, string> = {},
): Promise<RunningShop> {
  const port = Number(settings.PORT ?? (await freePort()))
  const origin = `http://127.0.0.1:${port}`
  const place: Record<string, string> =
    'dataDir' in where
      ? { DATA_DIR: where.dataDir }
      : { DATABASE_URL: where.databaseUrl, SESSION_SECRET: 's'.repeat(32) }
  const till = await startTill({
    PORT: String(port),
    HOST: '127.0.0.1',
    APP_ORIGIN: origin,
    LOG_LEVEL: 'warn',
    ...place,
    ...settings,
  })
  await till.says(isOpen)
  return {
    origin,
    setupLink: /Set up your store \(link works once\): (\S+)/.exec(till.output())?.[1] ?? null,
    output: till.output,
    kill: async () => {
      till.child.kill('SIGKILL')
      await till.ended
    },
    stop: async () => {
      till.child.kill('SIGTERM')
      const killTimer = setTimeout(() => till.child.kill('SIGKILL'), 15_000)
      await till.ended
      clearTimeout(killTimer)
    },
  }
}
