import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '#db/client.ts'
import { rateLimitAddress } from './rate-limit-address.ts'

const minute = 60

/**
 * Rate limits. No limit by account alone locks it: anyone who knows the address could lock its owner out, so an
 * account is only delayed. Counters are in Postgres, so that they survive a restart and are shared by processes; while
 * Postgres is down each process counts for itself. GET requests write nothing, so searches are counted in memory only,
 * and so are forms that anyone may send often.
 */
const limits = {
  /** By address and account. */
  login: { points: 5, seconds: 15 * minute, stored: true },
  loginAddress: { points: 100, seconds: 15 * minute, stored: true },
  /** By account: the caller has entered the password. */
  twoFactor: { points: 5, seconds: 15 * minute, stored: true },
  /** Password confirmation before a sensitive change; by account. */
  password: { points: 10, seconds: 15 * minute, stored: true },
  /** Emailed links: by address, kind and mailbox, and by address alone. */
  emailLink: { points: 3, seconds: 60 * minute, stored: true },
  emailLinkAddress: { points: 30, seconds: 60 * minute, stored: true },
  /** The form of an emailed link, which hashes a password: by address. */
  link: { points: 60, seconds: 15 * minute, stored: true },
  /** All emails that anyone can request, by mailbox: protects it from requests from many addresses. */
  mailbox: { points: 10, seconds: 60 * minute, stored: true },
  /** Test emails by user; each calls the email service. */
  testEmail: { points: 5, seconds: 10 * minute, stored: true },
  /** Sign-ins by account, from all addresses: beyond these, each attempt delays the next one, see delayAttempts. */
  account: { points: 20, seconds: 60 * minute, stored: true },
  accountDelay: { points: 1, seconds: minute, stored: true },
  setup: { points: 10, seconds: 15 * minute, stored: true },
  /** Leaves room for a double click and for retries; they all lead to one order. */
  checkout: { points: 60, seconds: minute, stored: true },
  /**
   * Placed orders, against stolen cards being tested: by address, mailbox, cart, and for the whole store. Far more
   * than people order, far less than a script would.
   */
  orderAddress: { points: 60, seconds: 10 * minute, stored: true },
  orderEmail: { points: 30, seconds: 60 * minute, stored: true },
  orderCart: { points: 30, seconds: 60 * minute, stored: true },
  orderShop: { points: 3_000, seconds: 10 * minute, stored: true },
  /** Discount codes that do not exist, by address: against guessing. */
  code: { points: 30, seconds: 60 * minute, stored: false },
  /** Addresses that are stored with consent before an order is placed, by address of the sender. */
  consent: { points: 60, seconds: 60 * minute, stored: false },
  /** Reviews with their photos: by address, and by author. */
  review: { points: 30, seconds: 60 * minute, stored: true },
  reviewAuthor: { points: 20, seconds: 60 * minute, stored: true },
  /** Votes for reviews and reports of them: by address. */
  reviewVote: { points: 60, seconds: 60 * minute, stored: false },
  reviewReport: { points: 20, seconds: 60 * minute, stored: true },
  /** Cart changes and all other public forms: by address, which many people may share. */
  cart: { points: 300, seconds: minute, stored: false },
  form: { points: 300, seconds: minute, stored: false },
  /** Signed messages of the payment provider, which sends them again when they are refused. */
  webhook: { points: 3000, seconds: minute, stored: false },
  /** Files that are made from the whole catalog: by address. A store of 100,000 products has 12 sitemap files. */
  sitemap: { points: 120, seconds: minute, stored: false },
  feed: { points: 10, seconds: 10 * minute, stored: false },
  search: { points: 60, seconds: minute, stored: false },
  /** Requested at each pause in typing. */
  suggestions: { points: 240, seconds: minute, stored: false },
} satisfies Record<string, { points: number; seconds: number; stored: boolean }>

export type Limit = keyof typeof limits

export type Verdict = { ok: true } | { ok: false; retryAfterSeconds: number }

/** Counts one attempt by `who` (address, account, always in the same order) and returns whether it is allowed. */
export async function consumeRateLimit(limit: Limit, ...who: string[]): Promise<Verdict> {
  try {
    await limiter(limit).consume(keyOf(who))
    return { ok: true }
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) }
  }
}

/**
 * Counts a sign-in to an account. Nobody is locked out: beyond the limit each attempt is allowed, but delays the next
 * one by 1 s, 2 s, 4 s and so on up to a minute. An attempt during the delay is refused at once, so that no connection
 * is held.
 */
export async function consumeSignInAttempt(...who: string[]): Promise<Verdict> {
  const key = keyOf(who)
  const delay = await limiter('accountDelay').get(key)
  if (delay && delay.consumedPoints > 1 && delay.msBeforeNext > 0)
    return { ok: false, retryAfterSeconds: Math.ceil(delay.msBeforeNext / 1000) }
  const { consumedPoints } = await limiter('account')
    .consume(key)
    .catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    })
  const beyond = consumedPoints - limits.account.points
  if (beyond > 0) await limiter('accountDelay').block(key, Math.min(2 ** (beyond - 1), maxDelaySeconds))
  return { ok: true }
}

/** After a successful sign-in: resets the delay of the account. */
export async function resetDelay(...who: string[]): Promise<void> {
  await Promise.all([resetRateLimit('account', ...who), resetRateLimit('accountDelay', ...who)])
}

const maxDelaySeconds = 60

/** Takes back one attempt that had no effect. */
export async function refundRateLimit(limit: Limit, ...who: string[]): Promise<void> {
  await limiter(limit).reward(keyOf(who), 1)
}

/** After a success: resets the counter. */
export async function resetRateLimit(limit: Limit, ...who: string[]): Promise<void> {
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
    // What is blocked in memory is no longer counted; the delay of an account grows with its count.
    inMemoryBlockOnConsumed: limit === 'account' ? 0 : points + 1,
    insuranceLimiter: new RateLimiterMemory(options),
  })
}

/** The interface of a `pg` pool that the limiter expects. */
async function query({ text, values }: { text: string; values: (string | number)[] }) {
  return { rows: await db.$client.unsafe(text, values) }
}

/** Only a digest is stored. */
function keyOf(who: string[]) {
  const named = who.map(rateLimitAddress)
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url')
}
