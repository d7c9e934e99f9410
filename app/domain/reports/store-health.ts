import { dailyChecks } from './daily-checks.ts'
import type { HealthText } from './health-check.ts'
import { settingsChecks } from './settings-checks.ts'

export const healthChecks = { ...settingsChecks, ...dailyChecks }
export type HealthCheck = keyof typeof healthChecks

/** The title of a check that found this many things, and how to fix them. */
export function describeHealth(
  check: HealthCheck,
  count: number,
): Omit<HealthText, 'found' | 'ok'> & { title: string } {
  const { found, ok, ...fix }: HealthText = healthChecks[check]
  return { ...fix, title: count > 0 ? found(count) : ok }
}
