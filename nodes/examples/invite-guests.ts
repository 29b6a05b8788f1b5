import type { WorkflowDocument } from '../graph/document.ts'
import { type ExampleWorkflow, inEach } from './example.ts'

interface Words {
  start: string
  coming: string
  eachGuest: string
  table: string
  letter: string
  summary: string
  nobody: string
  nobodyMessage: string
  letterLine: string
}

const draw = (words: Words): WorkflowDocument => ({
  format: 1,
  nodes: [
    {
      key: 'start',
      type: 'trigger.manual',
      version: 1,
      name: words.start,
      params: {
        sample: {
          guests: [
            { name: 'Ada', coming: true, friends: 2 },
            { name: 'Grace', coming: false, friends: 0 },
            { name: 'Katherine', coming: true, friends: 1 },
            { name: 'Mary', coming: true, friends: 0 },
          ],
        },
      },
      position: { x: 0, y: 110 },
    },
    {
      key: 'coming',
      type: 'flow.filter',
      version: 1,
      name: words.coming,
      params: {
        list: { expr: 'trigger.guests' },
        conditions: { match: 'all', rules: [{ field: 'coming', op: 'is_true' }] },
      },
      position: { x: 300, y: 110 },
    },
    {
      key: 'each_guest',
      type: 'flow.each',
      version: 1,
      name: words.eachGuest,
      params: { list: { expr: 'steps.coming' }, concurrency: 2 },
      position: { x: 600, y: 0 },
      size: { width: 600, height: 180 },
    },
    {
      key: 'table',
      type: 'data.set',
      version: 1,
      name: words.table,
      params: {
        fields: [
          { name: 'number', value: { expr: 'index + 1' } },
          { name: 'seats', value: { expr: 'item.friends + 1' } },
        ],
      },
      parent: 'each_guest',
      position: { x: 34, y: 80 },
    },
    {
      key: 'letter',
      type: 'data.set',
      version: 1,
      name: words.letter,
      params: {
        fields: [
          { name: 'name', value: { expr: 'item.name' } },
          { name: 'seats', value: { expr: 'steps.table.seats' } },
          { name: 'text', value: { expr: words.letterLine } },
        ],
      },
      parent: 'each_guest',
      position: { x: 334, y: 80 },
    },
    {
      key: 'summary',
      type: 'data.set',
      version: 1,
      name: words.summary,
      params: {
        fields: [
          { name: 'guests', value: { expr: 'steps.each_guest.length' } },
          { name: 'letters', value: { expr: 'steps.each_guest.map((letter) => letter.text)' } },
        ],
      },
      position: { x: 1300, y: 60 },
    },
    {
      key: 'nobody',
      type: 'flow.log',
      version: 1,
      name: words.nobody,
      params: { message: words.nobodyMessage },
      position: { x: 600, y: 240 },
    },
  ],
  edges: [
    { from: 'start', port: 'out', to: 'coming' },
    { from: 'coming', port: 'kept', to: 'each_guest' },
    { from: 'coming', port: 'none', to: 'nobody' },
    { from: 'table', port: 'out', to: 'letter' },
    { from: 'each_guest', port: 'out', to: 'summary' },
  ],
})

export const inviteGuests: ExampleWorkflow = {
  id: 'invite-guests',
  name: { en: 'Invite guests', 'pt-BR': 'Convidar pessoas' },
  description: {
    en: 'Goes through a list: keeps who is coming and writes a letter for each of them.',
    'pt-BR': 'Percorre uma lista: fica com quem vem e escreve uma carta para cada pessoa.',
  },
  document: inEach<Words>(
    {
      en: {
        start: 'Guest list',
        coming: 'Who is coming',
        eachGuest: 'For each guest',
        table: 'Choose a table',
        letter: 'Write the letter',
        summary: 'Letters',
        nobody: 'Nobody comes',
        nobodyMessage: 'Nobody on the list is coming.',
        letterLine: `\`Dear \${item.name}, table \${steps.table.number} is set for \${steps.table.seats}.\``,
      },
      'pt-BR': {
        start: 'Lista de convidados',
        coming: 'Quem vem',
        eachGuest: 'Para cada pessoa',
        table: 'Escolher a mesa',
        letter: 'Escrever a carta',
        summary: 'Cartas',
        nobody: 'Ninguém vem',
        nobodyMessage: 'Ninguém da lista vem.',
        letterLine: `\`Olá, \${item.name}! A mesa \${steps.table.number} está posta para \${steps.table.seats}.\``,
      },
    },
    draw,
  ),
}
