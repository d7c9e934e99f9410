import type { Request, Response } from 'express'
import helmet from 'helmet'
import { secretPaths } from '#app/domain/redact.ts'

type Settings = { appOrigin: string; sentryDsn?: string; stripe: { baseUrl: string } | null; dev: boolean }

/** Placeholder for the nonce in headers that are built once. */
const anyNonce = '__nonce__'

/**
 * Sets the headers of every response, errors and files included. Helmet builds them once and not for each request,
 * which would be a large part of the cost of a cached page.
 */
export function securityHeaders(settings: Settings) {
  const usual = headersOf({ ...settings, isSecret: false })
  const secret = headersOf({ ...settings, isSecret: true })
  return (response: Response, { nonce, path }: { nonce: string; path: string }) => {
    for (const [name, value] of isSecretAddress(path) ? secret : usual)
      response.setHeader(name, value.includes(anyNonce) ? value.replaceAll(anyNonce, nonce) : value)
  }
}

function headersOf(of: Settings & { isSecret: boolean }): [string, string][] {
  const headers: [string, string][] = []
  const response = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader() {},
  } as unknown as Response
  createHelmet(of)({} as Request, response, (error?: unknown) => {
    if (error) throw error as Error
  })
  return headers
}

/** Scripts and style sheets are ours or carry the nonce; nothing loads from another host. */
function createHelmet(input: Settings & { isSecret: boolean }) {
  const isSecure = input.appOrigin.startsWith('https:')
  const nonce = `'nonce-${anyNonce}'`
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonce],
        // In development Vite injects the styles by script, without a nonce.
        styleSrc: input.dev ? ["'self'", "'unsafe-inline'"] : ["'self'", nonce],
        // The style attribute carries widths and colors, never user input.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", ...(input.sentryDsn ? [new URL(input.sentryDsn).origin] : [])],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        // Chromium applies this to the redirect after a form, too.
        formAction: ["'self'", ...(input.stripe ? [paymentPages(input.stripe)] : [])],
        frameAncestors: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // helmet's no-referrer makes browsers send "Origin: null", which breaks every form without JavaScript.
    referrerPolicy: {
      policy: input.isSecret ? 'same-origin' : 'strict-origin-when-cross-origin',
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
  })
}

/** Where Stripe's hosted pages are; a double has its own. */
function paymentPages({ baseUrl }: { baseUrl: string }): string {
  const { origin } = new URL(baseUrl)
  return origin === 'https://api.stripe.com' ? 'https://checkout.stripe.com' : origin
}

/** The URL itself grants access: a receipt, an emailed link. No other site may learn it. */
export function isSecretAddress(path: string): boolean {
  return secretAddress.test(path)
}

const secretAddress = new RegExp(`^/(${secretPaths.join('|')})/.`)

/** Browser features that a store does not need. */
export const permissionsPolicy = 'camera=(), geolocation=(), microphone=(), usb=(), browsing-topics=()'
