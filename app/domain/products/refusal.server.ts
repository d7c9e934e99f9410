import { auditedTransaction, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'

/** Thrown by a step inside the transaction only, so that earlier steps are rolled back. */
export class Refusal<Reason extends { reason: string }> extends Error {
  refusal: Reason
  constructor(refusal: Reason) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

/**
 * A command of several steps in one audited transaction: what a step refuses, by throwing a Refusal or by violating one
 * of these constraints, is rolled back and returned.
 */
export async function refusable<Reason extends { reason: string }, Done extends object | void>(
  by: number,
  constraints: Record<string, Reason>,
  work: (tx: Tx) => Promise<Done>,
): Promise<({ ok: true } & Done) | ({ ok: false } & Reason)> {
  try {
    return { ok: true, ...(await auditedTransaction(by, work)) }
  } catch (error) {
    const refusal =
      error instanceof Refusal ? (error.refusal as Reason) : constraints[violatedConstraint(error) ?? '']
    if (refusal) return { ok: false, ...refusal }
    throw error
  }
}
