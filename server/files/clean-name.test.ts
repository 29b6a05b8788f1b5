import { expect, test } from 'vitest'
import { attachment, cleanName } from './clean-name.ts'

test.each([
  ['Relatório 2026.pdf', 'Relatório 2026.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['C:\\x\\a.txt', 'a.txt'],
  ['a\u0000b\r\nX-Evil: 1.txt', 'abX-Evil_ 1.txt'],
  ['photo\u202Egnp.exe', 'photognp.exe'],
  ['.. . ', 'file'],
  ['', 'file'],
  ['/', 'file'],
  [`${'é'.repeat(5_000)}.png`, `${'é'.repeat(196)}.png`],
])('%j is kept as %j', (given, kept) => expect(cleanName(given)).toBe(kept))

test('a name made to be looked at for ever is short before it is looked at', () => {
  // A minute, were each of its dots a beginning of what is cut off its end.
  expect(cleanName(`x${'.'.repeat(200_000)}x`)).toMatch(/^x\.+x$/)
})

test('a header names the file and nothing else', () => {
  expect(attachment('a"b\\c%.txt')).toBe(
    'attachment; filename="a_b_c_.txt"; filename*=UTF-8\'\'a%22b%5Cc%25.txt',
  )
  expect(attachment("ação'(1).pdf")).toBe(
    "attachment; filename=\"a__o'(1).pdf\"; filename*=UTF-8''a%C3%A7%C3%A3o%27%281%29.pdf",
  )
})
