import { freePort, startTill } from './till.ts'

export type RunningShop = {
  origin: string
  /** What the start printed for the owner to be; null once the shop is claimed. */
  setupLink: string | null
  /** Everything the server has written so far. */
  output(): string
  stop(): Promise<void>
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>
}

/** A start of the built shop is over when the line after the address, or after the link, is out. */
const isOpen = /Till is open at .+\n(.*Claim the shop.*\n)?\s*\n/

/**
 * Starts the built shop as a process of its own on a free port, and waits until it says that it is open. Give it
 * a folder for its own PostgreSQL, or the address of a database.
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
    setupLink: /Claim the shop, once: (\S+)/.exec(till.output())?.[1] ?? null,
    output: till.output,
    kill: async () => {
      till.child.kill('SIGKILL')
      await till.ended
    },
    stop: async () => {
      till.child.kill('SIGTERM')
      const impatience = setTimeout(() => till.child.kill('SIGKILL'), 15_000)
      await till.ended
      clearTimeout(impatience)
    },
  }
}
