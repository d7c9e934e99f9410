import { pino } from 'pino'
import { env } from '#env'

/**
 * JSON lines on standard output. Values are JSON strings, so a line break in one cannot forge a line. Nothing
 * here is given a form's values, a cookie or a token.
 */
export const log = pino({
  level: env.logLevel,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
})
