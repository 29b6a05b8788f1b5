import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { passwordLength } from './auth.ts'
import { messages as english } from './messages/en.ts'
import { messages as portuguese } from './messages/pt-BR.ts'

it('asks for passwords as long as the server does', () => {
  const server = path.resolve(import.meta.dirname, '../../server/tenants/auth.ts')
  const declared = /passwordLength = \{ min: (\d+), max: (\d+) \}/.exec(fs.readFileSync(server, 'utf8'))
  expect(declared?.slice(1).map(Number)).toEqual([passwordLength.min, passwordLength.max])
})

it.each([english, portuguese])('says so in words', ({ pages, shell }) => {
  expect(pages.auth.passwordHelp).toContain(` ${passwordLength.min} `)
  expect(shell.auth.password_short).toContain(` ${passwordLength.min} `)
  expect(shell.auth.password_long).toContain(` ${passwordLength.max} `)
})
