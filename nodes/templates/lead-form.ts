import { connection, expr, model, modelWords, step, text, threads } from './draw.ts'
import type { Template } from './template.ts'

const PROMPT = 'Say what this company does and whether it fits us. Answer only from the text.'
const PROMPT_PT = 'Diga o que esta empresa faz e se combina conosco. Responda só a partir do texto.'

/** A form brings a lead; a model sums up its company; a sheet keeps it and sales hears of it. */
export const leadForm: Template = {
  slug: 'lead-form',
  name: 'Welcome leads from a form',
  summary: 'A form page, a look at the company’s site by a model, a row in a sheet, a message to sales.',
  icon: 'clipboard-list',
  tags: ['form', 'sales', 'sheets', 'slack'],
  readme: `Share the form's address. Each answer is enriched: the company's site is read and a model says in a sentence what it does and how well it fits. The lead becomes a row of a Google sheet and a message in Slack.

## What you need

- A **Google** connection, and a sheet with the columns *name*, *email*, *site*, *about*, *fit*.
- A key for a **model**, and a **Slack** connection.

## Make it yours

- The questions are in *Lead form*.
- What counts as a good fit is in *Look at the company*.
- A site that does not answer does not stop the lead: the thread from *error* goes on.`,
  document: {
    format: 1,
    nodes: [
      step('form', {
        name: 'Lead form',
        type: 'trigger.form',
        at: [0, 0],
        params: {
          path: 'talk-to-us',
          title: 'Talk to us',
          description: 'Tell us who you are: we answer within a day.',
          fields: [
            { name: 'name', label: 'Your name', kind: 'text', required: true, options: [] },
            { name: 'email', label: 'Your e-mail address', kind: 'email', required: true, options: [] },
            { name: 'site', label: 'Your company’s site', kind: 'text', required: true, options: [] },
          ],
          answer: 'thanks',
          thanks: 'Thank you! We will write to you soon.',
        },
      }),
      step('site', {
        name: 'Read the company’s site',
        type: 'http.request',
        at: [300, 0],
        params: { method: 'GET', url: expr('trigger.fields.site') },
        reliability: { attempts: 1, timeoutMs: 15_000 },
      }),
      step('look', {
        name: 'Look at the company',
        type: 'agent.ask',
        at: [600, 0],
        params: {
          model: 'claude-haiku-5-5',
          instructions: PROMPT,
          message: expr("steps.site?.body ?? 'The site did not answer.'"),
          output: {
            kind: 'json',
            schema: {
              type: 'object',
              properties: {
                about: { type: 'string' },
                fit: { type: 'string', enum: ['good', 'perhaps', 'no'] },
              },
              required: ['about', 'fit'],
            },
          },
          maxTokens: 1_000,
        },
      }),
      step('row', {
        name: 'Keep it in the sheet',
        type: 'sheets.append',
        at: [900, 0],
        params: {
          spreadsheet: '1AbCdEfGhIjKlMnOpQrStUvWxYz',
          sheet: 'Leads',
          rows: [
            {
              name: expr('trigger.fields.name'),
              email: expr('trigger.fields.email'),
              site: expr('trigger.fields.site'),
              about: expr('steps.look.data.about'),
              fit: expr('steps.look.data.fit'),
            },
          ],
        },
      }),
      step('tell', {
        name: 'Tell sales',
        type: 'slack.post',
        at: [1200, 0],
        params: {
          channel: '#sales',
          text: expr(
            '`New lead: ${trigger.fields.name} (${trigger.fields.email}). ${steps.look.data.about}`',
          ),
        },
      }),
    ],
    edges: threads('form>site', 'site>look', 'site:error>look', 'look>row', 'row>tell'),
  },
  parameters: [
    ...model(['look'], 'claude-haiku-5-5'),
    connection('google', { label: 'Google', kinds: ['google.oauth'], nodes: ['row'] }),
    text('sheet', { label: 'Spreadsheet', help: 'Its address or id.', places: ['row.params.spreadsheet'] }),
    connection('slack', { label: 'Slack', kinds: ['slack.bot'], nodes: ['tell'] }),
    text('channel', { label: 'Channel of sales', places: ['tell.params.channel'], default: '#sales' }),
  ],
  translations: {
    'pt-BR': {
      name: 'Receber leads por formulário',
      summary:
        'Uma página de formulário, um modelo que olha o site da empresa, uma linha na planilha, um aviso às vendas.',
      readme: `Divulgue o endereço do formulário. Cada resposta é enriquecida: o site da empresa é lido e um modelo diz em uma frase o que ela faz e se combina. O lead vira uma linha de uma planilha do Google e uma mensagem no Slack.

## Do que você precisa

- Uma conexão com o **Google** e uma planilha com as colunas *name*, *email*, *site*, *about*, *fit*.
- A chave de um **modelo** e uma conexão com o **Slack**.

## Deixe do seu jeito

- As perguntas estão em *Formulário de leads*.
- O que conta como boa combinação está em *Olhar a empresa*.
- Um site que não responde não segura o lead: o fio de *erro* segue em frente.`,
      texts: {
        'Lead form': 'Formulário de leads',
        'Talk to us': 'Fale conosco',
        'Tell us who you are: we answer within a day.': 'Conte quem você é: respondemos em um dia.',
        'Your name': 'Seu nome',
        'Your e-mail address': 'Seu e-mail',
        'Your company’s site': 'O site da sua empresa',
        'Thank you! We will write to you soon.': 'Obrigado! Escreveremos em breve.',
        'Read the company’s site': 'Ler o site da empresa',
        'Look at the company': 'Olhar a empresa',
        [PROMPT]: PROMPT_PT,
        'Keep it in the sheet': 'Guardar na planilha',
        'Tell sales': 'Avisar as vendas',
        '`New lead: ${trigger.fields.name} (${trigger.fields.email}). ${steps.look.data.about}`':
          '`Novo lead: ${trigger.fields.name} (${trigger.fields.email}). ${steps.look.data.about}`',
        ...modelWords,
        Spreadsheet: 'Planilha',
        'Its address or id.': 'O endereço ou o id dela.',
        'Channel of sales': 'Canal das vendas',
        '#sales': '#vendas',
      },
    },
  },
  sample: {
    values: { sheet: '1AbCdEfGhIjKlMnOpQrStUvWxYz' },
    trigger: {
      fields: { name: 'Ada', email: 'ada@example.com', site: 'https://looms.example.com/' },
      submittedAt: '2026-01-01T09:00:00.000Z',
    },
  },
}
