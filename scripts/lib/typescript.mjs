// `node --import ./scripts/lib/typescript.mjs x.ts`: runs our own TypeScript, and Node alone reads everything else.
import { register } from 'node:module'

// Errors name the lines that were written.
process.setSourceMapsEnabled(true)
register('./typescript-hooks.mjs', import.meta.url)
