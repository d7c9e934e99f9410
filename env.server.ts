/** The settings of the process. Only this file reads process.env, so that it is the complete list. */
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65535)

/** One entry per setting: the accepted values, and the help text printed when a value is invalid. */
const settings = {
  DATABASE_URL: {
    check: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    help: 'must be a PostgreSQL URL, for example DATABASE_URL=postgres://till:secret@localhost:5432/till',
  },
  DATABASE_OWNER_URL: {
    check: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    help: 'must be a PostgreSQL URL, for example DATABASE_OWNER_URL=postgres://owner:secret@localhost:5432/till',
  },
  PORT: { check: port.default(3000), help: 'must be a port from 1 to 65535, for example PORT=3000' },
  HOST: {
    check: z.string().min(1).optional(),
    help: 'must be an address to listen on, for example HOST=127.0.0.1',
  },
  APP_ORIGIN: {
    check: z
      .url({ protocol: /^https?$/ })
      .refine((value) => URL.canParse(value) && new URL(value).origin === value)
      .optional(),
    help: 'must be the public URL of the store, without a path or trailing slash, for example APP_ORIGIN=https://shop.example.com',
  },
  SESSION_SECRET: {
    check: z
      .string()
      .transform(splitList)
      .pipe(z.array(z.string().min(32)).min(1).max(10))
      .optional(),
    help: 'must be 32 characters or more (several separated by commas, newest first); generate one with: openssl rand -hex 32',
  },
  TRUST_PROXY: {
    check: z.coerce.number().int().min(0).max(10).default(0),
    help: 'must be the number of proxies in front of the store, for example TRUST_PROXY=1',
  },
  RESEND_API_KEY: {
    check: z.string().min(8).optional(),
    help: 'must be a Resend API key, for example RESEND_API_KEY=re_123456789',
  },
  RESEND_BASE_URL: {
    check: z.url({ protocol: /^https?$/ }).default('https://api.resend.com'),
    help: 'must be a URL, for example RESEND_BASE_URL=https://api.resend.com',
  },
  MAIL_FROM: {
    check: z
      .string()
      .min(3)
      .max(320)
      .includes('@')
      .regex(/^[^\r\n]+$/)
      .optional(),
    help: 'must be a sender address, for example MAIL_FROM="Hill & Co <orders@shop.example.com>"',
  },
  SMTP_URL: {
    check: z.url({ protocol: /^smtps?$/ }).optional(),
    help: 'must be an SMTP URL, for example SMTP_URL=smtps://user:secret@mail.example.com:465',
  },
  STRIPE_SECRET_KEY: {
    check: z
      .string()
      .regex(/^(sk|rk)_\w{8,}$/)
      .optional(),
    help: 'must be a secret or restricted key of Stripe, for example STRIPE_SECRET_KEY=sk_live_123456789',
  },
  STRIPE_WEBHOOK_SECRET: {
    check: z
      .string()
      .transform(splitList)
      .pipe(
        z
          .array(z.string().regex(/^whsec_\w{8,}$/))
          .min(1)
          .max(5),
      )
      .optional(),
    help: 'must be the signing secret of the webhook endpoint at Stripe (several separated by commas), for example STRIPE_WEBHOOK_SECRET=whsec_123456789',
  },
  STRIPE_BASE_URL: {
    check: z.url({ protocol: /^https?$/ }).default('https://api.stripe.com'),
    help: 'must be a URL, for example STRIPE_BASE_URL=https://api.stripe.com',
  },
  SENTRY_DSN: {
    check: z.url({ protocol: /^https?$/ }).optional(),
    help: 'must be a Sentry DSN, for example SENTRY_DSN=https://key@o1.ingest.sentry.io/1',
  },
  METRICS_TOKEN: {
    check: z
      .string()
      .regex(/^[\w.~+/-]{32,}=*$/)
      .optional(),
    help: 'must be 32 or more letters, digits or characters of -._~+/; generate one with: openssl rand -hex 32',
  },
  ROLE: {
    check: z.enum(['all', 'web', 'worker']).default('all'),
    help: 'must be all, web or worker, for example ROLE=all',
  },
  LOG_LEVEL: {
    check: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    help: 'must be debug, info, warn, error or silent, for example LOG_LEVEL=info',
  },
  TEST_IMAGE_HOSTS: {
    check: z
      .string()
      .transform(splitList)
      .pipe(z.array(z.string().regex(/^(127\.0\.0\.1|\[::1\]):\d{1,5}$/)))
      .optional(),
    help: 'is for tests only: loopback addresses with a port that imports may fetch images from, for example TEST_IMAGE_HOSTS=127.0.0.1:8080',
  },
  DATA_DIR: {
    check: z.string().min(1).default('.data'),
    help: 'must be a folder, for example DATA_DIR=.data',
  },
}

export type Env = ReturnType<typeof loadEnv>

/**
 * Checks the settings and fills in the defaults. Throws an Error whose message is one line per mistake, each with an
 * example. An empty value counts as not set. Without DATABASE_URL the shop runs its own PostgreSQL and, if necessary,
 * generates a SESSION_SECRET and stores it in DATA_DIR.
 */
export function loadEnv(source: Record<string, string | undefined>) {
  const mistakes: string[] = []
  const read = <K extends keyof typeof settings>(name: K): z.infer<(typeof settings)[K]['check']> => {
    const parsed = settings[name].check.safeParse(source[name]?.trim() || undefined)
    if (!parsed.success) mistakes.push(`${name} ${settings[name].help}`)
    return parsed.data as z.infer<(typeof settings)[K]['check']>
  }

  const databaseUrl = read('DATABASE_URL')
  const databaseOwnerUrl = read('DATABASE_OWNER_URL')
  const dataDir = path.resolve(read('DATA_DIR') ?? '.data')
  const port = read('PORT')
  const secrets = read('SESSION_SECRET')
  if (databaseUrl && !secrets && !mistakes.length)
    mistakes.push('SESSION_SECRET is required with DATABASE_URL; generate one with: openssl rand -hex 32')
  if (databaseOwnerUrl && !mistakes.length && !(databaseUrl && new URL(databaseUrl).username))
    mistakes.push(
      'DATABASE_OWNER_URL also requires DATABASE_URL with the user of the app, for example DATABASE_URL=postgres://till_app:secret@localhost:5432/till',
    )
  const stripeKey = read('STRIPE_SECRET_KEY')
  const stripeWebhookSecrets = read('STRIPE_WEBHOOK_SECRET')
  const stripeBaseUrl = read('STRIPE_BASE_URL')
  if (!mistakes.length && Boolean(stripeKey) !== Boolean(stripeWebhookSecrets))
    mistakes.push(
      'STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are required together: without webhooks payments would be noticed late',
    )
  const env = {
    /** The app's own role, which need not own anything; the owner's URL is used only to migrate. */
    databaseUrl,
    databaseOwnerUrl,
    port,
    host: read('HOST'),
    /** The shop's origin in links, emails and origin checks; never taken from a request. */
    appOrigin: read('APP_ORIGIN') ?? `http://localhost:${port}`,
    trustProxy: read('TRUST_PROXY'),
    resendApiKey: read('RESEND_API_KEY'),
    resendBaseUrl: read('RESEND_BASE_URL'),
    mailFrom: read('MAIL_FROM'),
    smtpUrl: read('SMTP_URL'),
    /** Null: no card payments. */
    stripe:
      stripeKey && stripeWebhookSecrets
        ? { key: stripeKey, webhookSecrets: stripeWebhookSecrets, baseUrl: stripeBaseUrl }
        : null,
    sentryDsn: read('SENTRY_DSN'),
    /** The bearer token for /metrics; without it there is no such page. */
    metricsToken: read('METRICS_TOKEN'),
    role: read('ROLE'),
    logLevel: read('LOG_LEVEL'),
    /** Not on the public internet, but imports may fetch images from them. */
    testImageHosts: read('TEST_IMAGE_HOSTS') ?? [],
    dataDir,
  }
  if (mistakes.length) throw new Error(mistakes.join('\n'))
  /** Newest first: the first signs, all of them verify. */
  return { ...env, sessionSecrets: secrets ?? [loadOrCreateSecret(dataDir)] }
}

let loaded: Env | undefined

/** The settings of this process, checked on first use. */
export const env: Env = new Proxy({} as Env, {
  get: (_, name) => (loaded ??= loadEnv(process.env))[name as keyof Env],
  ownKeys: () => Reflect.ownKeys((loaded ??= loadEnv(process.env))),
  getOwnPropertyDescriptor: (_, name) => {
    loaded ??= loadEnv(process.env)
    return { ...Object.getOwnPropertyDescriptor(loaded, name), configurable: true }
  },
})

/** React and Remix choose their production or development build by this when they are first loaded. */
export function setMode(mode: 'production' | 'development') {
  process.env.NODE_ENV = mode
}

function splitList(list: string) {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

function loadOrCreateSecret(dataDir: string) {
  const file = path.join(dataDir, 'session-secret')
  const draft = `${file}.${process.pid}`
  try {
    mkdirSync(dataDir, { recursive: true })
    if (!existsSync(file)) {
      writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600 })
      // A hard link appears whole or not at all: two processes that start at once end up with one secret.
      linkSync(draft, file)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Error(`Cannot write to DATA_DIR ${dataDir} (${(error as Error).message})`, { cause: error })
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}
