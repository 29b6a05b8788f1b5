// `node --import ./scripts/lib/typescript.mjs x.ts`: tsx for our own TypeScript, and Node alone for everything else.
// tsx looks at every module of node_modules as well, which makes a start three times as slow.
import { register } from 'node:module'

register('./typescript-hooks.mjs', import.meta.url)
