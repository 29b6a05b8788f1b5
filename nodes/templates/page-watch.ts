import type { Template } from './template.ts'

/** A page is asked for again and again; when it does not answer, a channel is told. */
export const pageWatch: Template = {
  slug: 'page-watch',
  name: 'Watch a page',
  summary: 'Asks for a page every few minutes and tells a Slack channel when it does not answer.',
  icon: 'activity',
  tags: ['monitoring', 'slack'],
  readme: `Every five minutes this workflow asks for a page of yours. As long as it answers, nothing happens. When it fails three times in a row, a message goes to a Slack channel with what went wrong.

## What you need

- The **address** of the page.
- A **Slack** connection, and a channel the app was invited to.

## Make it yours

- How often it asks is set in *Every five minutes*.
- How many tries it takes before it tells you is under *Reliability* of *Ask for the page*.`,
  document: {
    format: 1,
    nodes: [
      {
        key: 'timer',
        type: 'trigger.schedule',
        version: 1,
        name: 'Every five minutes',
        params: { cron: '*/5 * * * *', zone: 'UTC' },
        position: { x: 0, y: 55 },
      },
      {
        key: 'ask',
        type: 'http.request',
        version: 1,
        name: 'Ask for the page',
        params: { method: 'GET', url: 'https://example.com/' },
        reliability: { attempts: 3, delayMs: 5_000, timeoutMs: 15_000 },
        position: { x: 300, y: 55 },
      },
      {
        key: 'tell',
        type: 'slack.post',
        version: 1,
        name: 'Tell the channel',
        params: {
          channel: '#alerts',
          text: { expr: "`The page does not answer: ${input.message ?? 'no reason given'}`" },
        },
        position: { x: 600, y: 165 },
      },
    ],
    edges: [
      { from: 'timer', port: 'out', to: 'ask' },
      { from: 'ask', port: 'error', to: 'tell' },
    ],
  },
  parameters: [
    {
      kind: 'text',
      key: 'page',
      label: 'Address of the page',
      help: 'With https:// in front.',
      targets: [{ node: 'ask', path: ['params', 'url'] }],
    },
    {
      kind: 'connection',
      key: 'slack',
      label: 'Slack',
      help: '',
      kinds: ['slack.bot'],
      targets: [{ node: 'tell', path: ['connection'] }],
      required: true,
    },
    {
      kind: 'text',
      key: 'channel',
      label: 'Channel to tell',
      help: '',
      targets: [{ node: 'tell', path: ['params', 'channel'] }],
      default: '#alerts',
    },
  ],
  translations: {
    'pt-BR': {
      name: 'Vigiar uma página',
      summary: 'Pede uma página a cada poucos minutos e avisa um canal do Slack quando ela não responde.',
      readme: `A cada cinco minutos este fluxo pede uma página sua. Enquanto ela responde, nada acontece. Se falhar três vezes seguidas, uma mensagem vai para um canal do Slack com o motivo.

## Do que você precisa

- O **endereço** da página.
- Uma conexão com o **Slack** e um canal para o qual o app foi convidado.

## Deixe do seu jeito

- De quanto em quanto tempo ele pergunta está em *A cada cinco minutos*.
- Quantas tentativas faz antes de avisar está em *Confiabilidade* de *Pedir a página*.`,
      texts: {
        'Every five minutes': 'A cada cinco minutos',
        'Ask for the page': 'Pedir a página',
        'Tell the channel': 'Avisar o canal',
        '#alerts': '#alertas',
        "`The page does not answer: ${input.message ?? 'no reason given'}`":
          "`A página não responde: ${input.message ?? 'sem motivo informado'}`",
        'Address of the page': 'Endereço da página',
        'With https:// in front.': 'Com https:// na frente.',
        'Channel to tell': 'Canal a avisar',
      },
    },
  },
  sample: {
    values: { page: 'https://example.com/' },
    trigger: { scheduledFor: '2026-01-01T09:00:00.000Z' },
  },
}
