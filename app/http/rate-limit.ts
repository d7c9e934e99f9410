import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '#db/client.ts'
import { networkOf } from './network.ts'

const minute = 60

/**
 * How often something may be tried, and by whom. Nobody is locked out by account alone: whoever knows an
 * address could lock its owner out; an account only slows down. Kept in Postgres, so that a restart or a second process forgets nothing;
 * while Postgres is away each process counts for itself. Reading pages writes nothing, so searches are only
 * counted in memory, like forms that anybody may send often.
 */
const limits = {
  /** By address and account. */
  login: { points: 5, seconds: 15 * minute, stored: true },
  loginAddress: { points: 100, seconds: 15 * minute, stored: true },
  /** By account: who gets here has the password. */
  secondFactor: { points: 5, seconds: 15 * minute, stored: true },
  /** The password that is asked again before something that cannot be undone; by account. */
  password: { points: 10, seconds: 15 * minute, stored: true },
  /** Links by mail: by address, kind and mailbox, and by address alone. */
  mail: { points: 3, seconds: 60 * minute, stored: true },
  mailAddress: { points: 30, seconds: 60 * minute, stored: true },
  /** The form behind a link by mail, which hashes a password: by address. */
  link: { points: 60, seconds: 15 * minute, stored: true },
  /** All emails that anybody may ask for, by mailbox: nobody's is flooded from many addresses. */
  mailbox: { points: 10, seconds: 60 * minute, stored: true },
  /** Sign-ins by account, wherever they come from: beyond these each makes the next one wait, see delayTries. */
  account: { points: 20, seconds: 60 * minute, stored: true },
  accountDelay: { points: 1, seconds: minute, stored: true },
  setup: { points: 10, seconds: 15 * minute, stored: true },
  /** A double click and an impatient shopper fit in; they all lead to one order. */
  checkout: { points: 60, seconds: minute, stored: true },
  /**
   * Orders that were placed, against those who try stolen cards on a shop: by address, mailbox, cart, and for the
   * shop as a whole. Far more than people order, far less than a machine would.
   */
  orderAddress: { points: 60, seconds: 10 * minute, stored: true },
  orderMail: { points: 30, seconds: 60 * minute, stored: true },
  orderCart: { points: 30, seconds: 60 * minute, stored: true },
  orderShop: { points: 3_000, seconds: 10 * minute, stored: true },
  /** Changes of carts and all other forms that are open to everyone: by address, behind which there may be a town. */
  cart: { points: 300, seconds: minute, stored: false },
  form: { points: 300, seconds: minute, stored: false },
  search: { points: 60, seconds: minute, stored: false },
} satisfies Record<string, { points: number; seconds: number; stored: boolean }>

export type Limit = keyof typeof limits

export type Verdict = { ok: true } | { ok: false; retryAfterSeconds: number }

/** Counts one try by `who` (address, account, in any order that is always the same) and says if it may go on. */
export async function countTry(limit: Limit, ...who: string[]): Promise<Verdict> {
  try {
    await limiter(limit).consume(keyOf(who))
    return { ok: true }
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) }
  }
}

/** For loaders and actions: like countTry, but throws the 429 Response with Retry-After. */
export async function limitTries(limit: Limit, ...who: string[]): Promise<void> {
  const verdict = await countTry(limit, ...who)
  if (!verdict.ok) throw tooManyTries(verdict.retryAfterSeconds)
}

/**
 * Counts a sign-in to an account. Nobody is locked out: beyond the limit's points each try goes on, and makes the next
 * one wait for 1 s, 2 s, 4 s and so on up to a minute. Whoever comes meanwhile gets the 429 Response at once, so that
 * no connection is held.
 */
export async function delayTries(...who: string[]): Promise<void> {
  const key = keyOf(who)
  const delay = await limiter('accountDelay').get(key)
  if (delay && delay.consumedPoints > 1 && delay.msBeforeNext > 0)
    throw tooManyTries(Math.ceil(delay.msBeforeNext / 1000))
  const { consumedPoints } = await limiter('account')
    .consume(key)
    .catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    })
  const beyond = consumedPoints - limits.account.points
  if (beyond > 0) await limiter('accountDelay').block(key, Math.min(2 ** (beyond - 1), longestDelaySeconds))
}

/** After a successful sign-in: earlier tries no longer count. */
export async function forgiveDelay(...who: string[]): Promise<void> {
  await Promise.all([forgiveTries('account', ...who), forgiveTries('accountDelay', ...who)])
}

const longestDelaySeconds = 60

function tooManyTries(retryAfterSeconds: number): Response {
  return new Response('Too many tries', {
    status: 429,
    headers: { 'retry-after': String(retryAfterSeconds), 'cache-control': 'no-store' },
  })
}

/** A counted try that came to nothing does not count. */
export async function returnTry(limit: Limit, ...who: string[]): Promise<void> {
  await limiter(limit).reward(keyOf(who), 1)
}

/** After a success: earlier tries no longer count. */
export async function forgiveTries(limit: Limit, ...who: string[]): Promise<void> {
  await limiter(limit).delete(keyOf(who))
}

const limiters = new Map<Limit, RateLimiterMemory | RateLimiterPostgres>()

function limiter(limit: Limit) {
  let found = limiters.get(limit)
  if (!found) limiters.set(limit, (found = createLimiter(limit)))
  return found
}

function createLimiter(limit: Limit) {
  const { points, seconds, stored } = limits[limit]
  const options = { keyPrefix: limit, points, duration: seconds }
  if (!stored) return new RateLimiterMemory(options)
  return new RateLimiterPostgres({
    ...options,
    storeType: 'pool',
    storeClient: { query },
    tableName: 'rate_limits',
    tableCreated: true,
    // What is blocked in memory is not counted any more; the delay of an account grows with its count.
    inMemoryBlockOnConsumed: limit === 'account' ? 0 : points + 1,
    insuranceLimiter: new RateLimiterMemory(options),
  })
}

/** The shape in which the limiter knows a pool of the `pg` package. */
async function query({ text, values }: { text: string; values: (string | number)[] }) {
  return { rows: await db.$client.unsafe(text, values) }
}

/** Only a digest is kept. */
function keyOf(who: string[]) {
  const named = who.map(networkOf)
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url')
}
