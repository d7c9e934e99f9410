import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadEnv } from './env.server.ts'

const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'till-env-'))
const SESSION_SECRET = 'a'.repeat(64)

test('loadEnv requires nothing: its own database, port 3000, its own secret', () => {
  const env = loadEnv({ DATA_DIR })
  expect(env).toMatchObject({
    databaseUrl: undefined,
    port: 3000,
    appOrigin: 'http://localhost:3000',
    role: 'all',
  })
  expect(env.sessionSecrets[0]).toHaveLength(64)
})

test('the metrics token has a minimum length', () => {
  expect(loadEnv({ DATA_DIR }).metricsToken).toBeUndefined()
  expect(loadEnv({ DATA_DIR, METRICS_TOKEN: 'm'.repeat(32) }).metricsToken).toBe('m'.repeat(32))
  expect(() => loadEnv({ DATA_DIR, METRICS_TOKEN: 'm'.repeat(31) })).toThrow(/METRICS_TOKEN must be 32/)
})

test('Stripe needs its key and its webhook secret together', () => {
  const key = 'sk_test_12345678'
  expect(loadEnv({ DATA_DIR }).stripe).toBeNull()
  expect(
    loadEnv({ DATA_DIR, STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: 'whsec_12345678' }).stripe,
  ).toEqual({
    key,
    webhookSecrets: ['whsec_12345678'],
    baseUrl: 'https://api.stripe.com',
  })
  for (const half of [{ STRIPE_SECRET_KEY: key }, { STRIPE_WEBHOOK_SECRET: 'whsec_12345678' }])
    expect(() => loadEnv({ DATA_DIR, ...half })).toThrow(/required together/)
})

test('the secret is generated once, and only its owner can read it', () => {
  const [first] = loadEnv({ DATA_DIR }).sessionSecrets
  expect(loadEnv({ DATA_DIR }).sessionSecrets).toEqual([first])
  const file = path.join(DATA_DIR, 'session-secret')
  expect(readFileSync(file, 'utf8')).toBe(first)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('an external database requires an explicit secret', () => {
  const DATABASE_URL = 'postgres://till@localhost/till'
  expect(() => loadEnv({ DATABASE_URL })).toThrow(/SESSION_SECRET is required/)
  expect(loadEnv({ DATABASE_URL, SESSION_SECRET }).sessionSecrets).toEqual([SESSION_SECRET])
})

test('the owner’s URL is set in addition to the app’s, not instead of it', () => {
  const DATABASE_OWNER_URL = 'postgres://owner@localhost/till'
  for (const DATABASE_URL of [undefined, 'postgres://localhost/till'])
    expect(() => loadEnv({ DATABASE_URL, DATABASE_OWNER_URL, SESSION_SECRET })).toThrow(
      /^DATABASE_OWNER_URL also requires DATABASE_URL [^\n]+ example [^\n]+$/,
    )
  const DATABASE_URL = 'postgres://till_app@localhost/till'
  expect(loadEnv({ DATABASE_URL, DATABASE_OWNER_URL, SESSION_SECRET })).toMatchObject({
    databaseUrl: DATABASE_URL,
    databaseOwnerUrl: DATABASE_OWNER_URL,
  })
})

test('secrets can be rotated: the newest first', () => {
  const old = 'b'.repeat(32)
  expect(loadEnv({ SESSION_SECRET: `${SESSION_SECRET}, ${old}` }).sessionSecrets).toEqual([
    SESSION_SECRET,
    old,
  ])
})

test('an empty value counts as not set', () => {
  expect(loadEnv({ DATA_DIR, PORT: '', TRUST_PROXY: ' ' })).toMatchObject({ port: 3000, trustProxy: 0 })
})

test.each([
  { PORT: '99999' },
  { PORT: 'abc' },
  { DATABASE_URL: 'mysql://localhost/till' },
  { DATABASE_OWNER_URL: 'till' },
  { APP_ORIGIN: 'https://shop.example.com/path' },
  { APP_ORIGIN: 'shop.example.com' },
  { SESSION_SECRET: 'short' },
  { SESSION_SECRET: `${SESSION_SECRET},short` },
  { TRUST_PROXY: 'true' },
  { MAIL_FROM: 'orders@shop.test\r\nBcc: x@evil.test' },
  { SMTP_URL: 'http://mail.example.com' },
  { ROLE: 'boss' },
  { LOG_LEVEL: 'loud' },
])('%o is refused in one line with an example', (source) => {
  const [name] = Object.keys(source)
  expect(() => loadEnv({ DATA_DIR, ...source })).toThrow(
    new RegExp(`^${name} must be [^\\n]+(example|generate one with)[^\\n]+$`),
  )
})

test('all mistakes are reported at once', () => {
  expect(() => loadEnv({ PORT: 'x', ROLE: 'y' })).toThrow(/PORT .*\nROLE /)
})
