import { connection, expr, step, text, threads } from './draw.ts'
import type { Template } from './template.ts'

const QUERY = `SELECT product, count(*)::int AS orders, sum(total)::float8 AS total
FROM orders WHERE created_at >= now() - interval '1 day'
GROUP BY product ORDER BY total DESC`

/** Each night the day's orders are added up in the database and sent by e-mail. */
export const nightlyReport: Template = {
  slug: 'nightly-report',
  name: 'Send a nightly report',
  summary: 'Asks your database every night what was sold and sends the table by e-mail.',
  icon: 'calendar-clock',
  tags: ['report', 'postgres', 'email'],
  readme: `Every night at eleven this workflow asks your PostgreSQL database for the day's orders by product and sends them by e-mail, the best seller first.

## What you need

- A **PostgreSQL** connection. A login that may only read is enough.
- An **SMTP** connection and the addresses to send to.

## Make it yours

- The question is in *Ask the database*: any SELECT works, its rows become the table.
- When it is sent is set in *Every night*.`,
  document: {
    format: 1,
    nodes: [
      step('night', {
        name: 'Every night',
        type: 'trigger.schedule',
        at: [0, 0],
        params: { cron: '0 23 * * *', zone: 'UTC', missed: 'latest' },
      }),
      step('orders', {
        name: 'Ask the database',
        type: 'postgres.query',
        at: [300, 0],
        params: { text: QUERY },
      }),
      step('lines', {
        name: 'Write the lines',
        type: 'data.set',
        at: [600, 0],
        params: {
          fields: [
            {
              name: 'text',
              value: expr(
                "steps.orders.rows.length == 0 ? 'Nothing was sold today.' : steps.orders.rows.map(row => `${row.product}: ${row.orders} orders, ${row.total}`).join('\\n')",
              ),
            },
          ],
          keep: false,
        },
      }),
      step('send', {
        name: 'Send the report',
        type: 'email.send',
        at: [900, 0],
        params: {
          from: 'Reports <reports@example.com>',
          to: ['owner@example.com'],
          subject: 'What was sold today',
          body: { kind: 'text', text: expr('steps.lines.text') },
        },
      }),
    ],
    edges: threads('night>orders', 'orders>lines', 'lines>send'),
  },
  parameters: [
    connection('database', { label: 'PostgreSQL', kinds: ['postgres.login'], nodes: ['orders'] }),
    text('query', {
      label: 'Question to the database',
      places: ['orders.params.text'],
      default: QUERY,
      multiline: true,
    }),
    connection('mail', { label: 'Mail server', kinds: ['email.smtp'], nodes: ['send'] }),
    text('from', { label: 'Sender', places: ['send.params.from'], default: 'Reports <reports@example.com>' }),
    text('to', { label: 'Send it to', places: ['send.params.to.0'] }),
  ],
  translations: {
    'pt-BR': {
      name: 'Enviar um relatório toda noite',
      summary: 'Pergunta ao banco de dados toda noite o que foi vendido e envia a tabela por e-mail.',
      readme: `Toda noite às onze este fluxo pergunta ao seu PostgreSQL os pedidos do dia por produto e os envia por e-mail, o mais vendido primeiro.

## Do que você precisa

- Uma conexão com o **PostgreSQL**. Um login que só lê é suficiente.
- Uma conexão **SMTP** e os endereços de destino.

## Deixe do seu jeito

- A pergunta está em *Perguntar ao banco*: qualquer SELECT serve, as linhas viram a tabela.
- A hora do envio fica em *Toda noite*.`,
      texts: {
        'Every night': 'Toda noite',
        'Ask the database': 'Perguntar ao banco',
        'Write the lines': 'Escrever as linhas',
        "steps.orders.rows.length == 0 ? 'Nothing was sold today.' : steps.orders.rows.map(row => `${row.product}: ${row.orders} orders, ${row.total}`).join('\\n')":
          "steps.orders.rows.length == 0 ? 'Nada foi vendido hoje.' : steps.orders.rows.map(row => `${row.product}: ${row.orders} pedidos, ${row.total}`).join('\\n')",
        'Send the report': 'Enviar o relatório',
        'Reports <reports@example.com>': 'Relatórios <reports@example.com>',
        'What was sold today': 'O que foi vendido hoje',
        'Question to the database': 'Pergunta ao banco de dados',
        'Mail server': 'Servidor de e-mail',
        Sender: 'Remetente',
        'Send it to': 'Enviar para',
      },
    },
  },
  sample: {
    values: { to: 'owner@example.com' },
    trigger: { scheduledFor: '2026-01-01T23:00:00.000Z', zone: 'UTC' },
  },
}
