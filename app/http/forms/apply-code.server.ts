import { applyCode, type ApplyCodeResult } from '#app/domain/promotions/apply-code.server.ts'
import { refundRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'

/** Applies a code; codes that do not exist are counted by address, against guessing. Throws the 429 Response. */
export async function applyCounted(
  input: Parameters<typeof applyCode>[0],
  ip: string,
): Promise<ApplyCodeResult> {
  await enforceRateLimit('code', ip)
  const result = await applyCode(input)
  if (result.ok || result.reason !== 'unknown-code') await refundRateLimit('code', ip)
  return result
}
