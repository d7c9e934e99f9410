import helmet from 'helmet'
import { secretPaths } from '#app/domain/redact.ts'

/**
 * The headers of every response, errors and files included. Scripts and style sheets are ours or carry the
 * nonce; nothing loads from another host.
 */
export function securityHeaders(input: {
  nonce: string
  path: string
  appOrigin: string
  sentryDsn?: string
  dev: boolean
}) {
  const isSecure = input.appOrigin.startsWith('https:')
  const nonce = `'nonce-${input.nonce}'`
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonce],
        // In development Vite puts the styles into the page by script, without a nonce.
        styleSrc: input.dev ? ["'self'", "'unsafe-inline'"] : ["'self'", nonce],
        // The style attribute carries widths and colours, never something a visitor wrote.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", ...(input.sentryDsn ? [new URL(input.sentryDsn).origin] : [])],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // helmet's no-referrer makes browsers send "Origin: null", which breaks every form without JavaScript.
    referrerPolicy: {
      policy: isSecretAddress(input.path) ? 'same-origin' : 'strict-origin-when-cross-origin',
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
  })
}

/** Whoever knows the address may see the page: a receipt, the link of a mail. No other site learns it. */
export function isSecretAddress(path: string): boolean {
  return secretAddress.test(path)
}

const secretAddress = new RegExp(`^/(${secretPaths.join('|')})/.`)

/** What no page of a shop needs. */
export const permissionsPolicy = 'camera=(), geolocation=(), microphone=(), usb=(), browsing-topics=()'
