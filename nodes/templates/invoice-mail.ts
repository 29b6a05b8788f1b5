import { connection, expr, model, modelWords, step, text, threads } from './draw.ts'
import type { Template } from './template.ts'

const PROMPT =
  'Read the invoice in this e-mail. Amounts as plain numbers, dates as YYYY-MM-DD. Leave out what is not there.'
const PROMPT_PT =
  'Leia a fatura neste e-mail. Valores como números simples, datas como AAAA-MM-DD. Deixe de fora o que não houver.'

/** Mails with invoices are read by a model and become rows of a sheet. */
export const invoiceMail: Template = {
  slug: 'invoice-mail',
  name: 'Gather invoices from mail',
  summary:
    'New mails with invoices are read by a model: supplier, amount and due date become a row of a sheet.',
  icon: 'receipt',
  tags: ['gmail', 'sheets', 'finance', 'ai'],
  readme: `Looks into a Gmail mailbox every few minutes. A model reads each new invoice mail and gives supplier, number, amount, currency and due date, which become a row of a Google sheet.

## What you need

- A **Google** connection for the mailbox and the sheet.
- A sheet with the columns *supplier*, *number*, *amount*, *currency*, *due*, *mail*.
- A key for a **model**.

## Make it yours

- Which mails count is the search in *New invoice mail*, as in Gmail's own search field.`,
  document: {
    format: 1,
    nodes: [
      step('mail', {
        name: 'New invoice mail',
        type: 'gmail.new_mail',
        at: [0, 0],
        params: { everyMinutes: 5, query: 'subject:invoice' },
      }),
      step('read', {
        name: 'Read the invoice',
        type: 'agent.ask',
        at: [300, 0],
        params: {
          model: 'claude-haiku-5-5',
          instructions: PROMPT,
          message: expr('`${trigger.subject}\n\n${trigger.text}`'),
          output: {
            kind: 'json',
            schema: {
              type: 'object',
              properties: {
                supplier: { type: 'string' },
                number: { type: 'string' },
                amount: { type: 'number' },
                currency: { type: 'string' },
                due: { type: 'string' },
              },
              required: ['supplier', 'amount'],
            },
          },
          maxTokens: 1_000,
        },
      }),
      step('row', {
        name: 'Keep it in the sheet',
        type: 'sheets.append',
        at: [600, 0],
        params: {
          spreadsheet: '1AbCdEfGhIjKlMnOpQrStUvWxYz',
          sheet: 'Invoices',
          rows: [
            {
              supplier: expr('steps.read.data.supplier'),
              number: expr("steps.read.data.number ?? ''"),
              amount: expr('steps.read.data.amount'),
              currency: expr("steps.read.data.currency ?? ''"),
              due: expr("steps.read.data.due ?? ''"),
              mail: expr('trigger.id'),
            },
          ],
        },
      }),
    ],
    edges: threads('mail>read', 'read>row'),
  },
  parameters: [
    connection('google', { label: 'Google', kinds: ['google.oauth'], nodes: ['mail', 'row'] }),
    text('search', {
      label: 'Which mails',
      help: 'As in Gmail’s own search field.',
      places: ['mail.params.query'],
      default: 'subject:invoice',
    }),
    ...model(['read'], 'claude-haiku-5-5'),
    text('sheet', { label: 'Spreadsheet', help: 'Its address or id.', places: ['row.params.spreadsheet'] }),
  ],
  translations: {
    'pt-BR': {
      name: 'Reunir faturas do e-mail',
      summary:
        'E-mails com faturas são lidos por um modelo: fornecedor, valor e vencimento viram uma linha da planilha.',
      readme: `Olha uma caixa do Gmail a cada poucos minutos. Um modelo lê cada fatura nova e dá fornecedor, número, valor, moeda e vencimento, que viram uma linha de uma planilha do Google.

## Do que você precisa

- Uma conexão com o **Google** para a caixa e a planilha.
- Uma planilha com as colunas *supplier*, *number*, *amount*, *currency*, *due*, *mail*.
- A chave de um **modelo**.

## Deixe do seu jeito

- Quais e-mails contam é a busca em *Novo e-mail de fatura*, como no campo de busca do Gmail.`,
      texts: {
        'New invoice mail': 'Novo e-mail de fatura',
        'subject:invoice': 'subject:fatura',
        'Read the invoice': 'Ler a fatura',
        [PROMPT]: PROMPT_PT,
        'Keep it in the sheet': 'Guardar na planilha',
        'Which mails': 'Quais e-mails',
        'As in Gmail’s own search field.': 'Como no campo de busca do Gmail.',
        ...modelWords,
        Spreadsheet: 'Planilha',
        'Its address or id.': 'O endereço ou o id dela.',
      },
    },
  },
  sample: {
    values: { sheet: '1AbCdEfGhIjKlMnOpQrStUvWxYz' },
    trigger: {
      id: 'm1',
      thread: 't1',
      from: 'billing@thread.example.com',
      to: 'me@example.com',
      subject: 'Your invoice 2026-17',
      date: '2026-01-01T09:00:00.000Z',
      text: 'Invoice 2026-17 of Thread & Co.: EUR 120.50, due on 2026-01-31.',
      labels: ['INBOX'],
    },
  },
}
