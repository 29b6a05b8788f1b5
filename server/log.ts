import pino, { type Logger } from 'pino'

export type Log = Logger

// Whatever is logged under these names, at the top or one or two objects deep, is not written.
const secretNames = [
  'password',
  'newPassword',
  'currentPassword',
  'secret',
  'token',
  'key',
  'apiKey',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
  'sealed',
  'fields',
]
const paths = secretNames.flatMap((name) => {
  const below = name.startsWith('[') ? name : `.${name}`
  return [name, `*${below}`, `*.*${below}`]
})

/** The process's log: one JSON object a line, without secrets. */
export function createLog(about: { level?: string; write?: (line: string) => void } = {}): Log {
  const options = {
    level: about.level ?? 'info',
    redact: { paths, censor: '[hidden]' },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  const write = about.write
  return write ? pino(options, { write }) : pino(options)
}
