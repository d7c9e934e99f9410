import { pino } from 'pino'

/**
 * JSON lines on standard output. Values are JSON strings, so a line break in one cannot forge a line. Nothing
 * here is given a form's values, a cookie or a token. The level is set when the settings are known to be good.
 */
export const log = pino({
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
})
