/** What the runtime needs of a logger; pino's and Fastify's fit. */
export interface Log {
  debug(about: object, message: string): void
  info(about: object, message: string): void
  warn(about: object, message: string): void
  error(about: object, message: string): void
}

export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
