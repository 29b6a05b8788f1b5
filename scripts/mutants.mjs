// `node scripts/mutants.mjs [words…]`: makes small mistakes in the engine, one at a time and in a copy, and says which of
// them its unit tests notice. With words, only the mutants whose file or text contains one of them.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { mutants } from './mutants/list.mjs'

const root = path.resolve(import.meta.dirname, '..')
const copied = ['server', 'nodes', 'client', 'scripts', 'package.json', 'vite.config.ts', 'tsconfig.json']
const words = process.argv.slice(2)

const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-mutants-'))
process.once('exit', () => fs.rmSync(copy, { recursive: true, force: true }))
for (const name of copied) fs.cpSync(path.join(root, name), path.join(copy, name), { recursive: true })
fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))

if (!passes()) throw new Error('The tests fail without any mistake made')
const chosen = mutants.filter(
  ({ file, from }) => words.length === 0 || words.some((word) => `${file} ${from}`.includes(word)),
)
let survived = 0
for (const { file, from, to } of chosen) {
  const at = path.join(copy, 'server/engine', file)
  const sound = fs.readFileSync(at, 'utf8')
  if (sound.split(from).length !== 2) throw new Error(`${file} does not have this once: ${from}`)
  fs.writeFileSync(
    at,
    sound.replace(from, () => to),
  )
  const lives = passes()
  fs.writeFileSync(at, sound)
  if (lives) survived++
  console.log(`${lives ? 'SURVIVED' : 'killed  '}  ${file}: ${from.trim()}  →  ${to.trim() || 'nothing'}`)
}
console.log(`\n${chosen.length - survived} of ${chosen.length} killed`)

function passes() {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'unit', '--bail', '1', 'server/engine']
  return spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore' }).status === 0
}
