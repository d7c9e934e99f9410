import { pino } from 'pino'
import { redact } from '#app/domain/redact.ts'

/**
 * JSON lines on standard output. Values are JSON strings, so a line break in one cannot forge a line. Everything that
 * is logged is redacted here, errors included: no form values, cookies, tokens or query parameters. The level is set
 * once the settings are validated.
 */
export const log = pino({
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
  // Errors are plain objects by then; pino's own serializer would merge the causes' messages into one.
  serializers: { err: (error: unknown) => error },
  hooks: {
    logMethod(values, method) {
      method.apply(this, values.map((value) => redact(value)) as Parameters<typeof method>)
    },
  },
})
