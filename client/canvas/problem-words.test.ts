import { renderHook } from '@testing-library/react'
import { createElement, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { expect, it } from 'vitest'
import { problemMessages } from '#nodes/graph/checks/problems.ts'
import { type Locale, loadMessages } from '../lib/locale.ts'
import { problems as portuguese } from '../lib/messages/pt-BR/problems.ts'
import { useExpressionWords } from '../lib/use-expression-words.ts'
import { useFailureText } from './failure-words.ts'
import { useProblemWords } from './problem-words.ts'

it.each(Object.keys(problemMessages))('names the same values in Portuguese: %s', (code) => {
  const places = (message: string) => [...message.matchAll(/\{\w+\}/g)].map(String).sort()
  const translated = new Map<string, string>(Object.entries(portuguese.codes)).get(code)
  const original = new Map<string, string>(Object.entries(problemMessages)).get(code)
  expect(places(translated ?? '')).toEqual(places(original ?? 'missing {x}'))
})

async function inLanguage<Words>(locale: Locale, hook: () => Words): Promise<Words> {
  const messages = await loadMessages(locale)
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(IntlProvider, { locale, messages, timeZone: 'UTC', children })
  return renderHook(hook, { wrapper }).result.current
}

const sentences = [
  ['trigger.nam is not there. Did you mean “name”?', 'trigger.nam não está lá. Seria “name”?'],
  [
    'item is null, so .trim() cannot be called. Write ?.trim()',
    'item é nulo, então .trim() não pode ser chamado. Escreva ?.trim()',
  ],
  [
    'repeat() needs a number as its first argument, but got text',
    'repeat() precisa de um número como primeiro argumento, mas recebeu texto',
  ],
  ['“text” is not a number', '“text” não é um número'],
  ['Something nobody knows', 'Something nobody knows'],
] as const

it.each(sentences)('says in both languages what an expression lacks: %s', async (english, brazilian) => {
  expect((await inLanguage('en', useExpressionWords))(english)).toBe(english)
  expect((await inLanguage('pt-BR', useExpressionWords))(english)).toBe(brazilian)
  const problem = { severity: 'error', code: 'expression_error', message: english } as const
  const problemWords = await inLanguage('pt-BR', useProblemWords)
  expect(problemWords({ ...problem, values: { reason: english } })).toBe(brazilian)
  const failure = { code: 'expression_missing', message: `params.url: ${english}` }
  expect((await inLanguage('pt-BR', useFailureText))(failure)).toBe(`params.url: ${brazilian}`)
})
