import { connection, expr, model, modelWords, step, text, threads } from './draw.ts'
import type { Template } from './template.ts'

const INSTRUCTIONS = `You answer customers of our shop on WhatsApp. Be brief, friendly and honest.
Look up the order before you say anything about it. Never promise a date that the order does not have.
When somebody asks for a person, is angry, or you are not sure: use hand_off, then say that a colleague will write.`

const INSTRUCTIONS_PT = `Você responde clientes da nossa loja no WhatsApp. Seja breve, gentil e honesto.
Consulte o pedido antes de falar dele. Nunca prometa uma data que o pedido não tem.
Quando pedirem uma pessoa, estiverem com raiva, ou você não tiver certeza: use hand_off e diga que um colega vai escrever.`

/** Customers write on WhatsApp; an agent looks up their order and answers, or hands over to a person. */
export const supportAgent: Template = {
  slug: 'whatsapp-support',
  name: 'Answer customers on WhatsApp',
  summary: 'An AI agent looks up orders and answers on WhatsApp; what it cannot answer goes to your team.',
  icon: 'bot',
  tags: ['whatsapp', 'agent', 'support'],
  readme: `Each WhatsApp message is answered by an AI agent that remembers the conversation. It can look up an order in your shop. When a person is needed it posts the conversation to a Slack channel and says so.

## What you need

- **WhatsApp** through Evolution API, with its webhook pointed at the address this workflow shows.
- A key for a **model** (Claude, or any OpenAI-compatible one).
- The address of your **shop's orders**, called as \`GET <address>?number=…\`.
- A **Slack** connection for the hand-off.

## Make it yours

- How it speaks is in the instructions of *Answer the customer*.
- Draw more tools to it: each becomes something it can do. Set *approval* on those that change something.
- Its limits (calls, tokens, dollars) are in the same step.`,
  document: {
    format: 1,
    nodes: [
      step('message', {
        name: 'Message comes in',
        type: 'whatsapp.evolution_message',
        at: [0, 0],
      }),
      step('agent', {
        name: 'Answer the customer',
        type: 'agent.run',
        at: [300, 0],
        params: {
          model: 'claude-sonnet-5-5',
          instructions: INSTRUCTIONS,
          message: expr('trigger.text'),
          memory: { kind: 'conversation', key: expr('trigger.from'), messages: 20 },
          limits: { steps: 8, tokens: 60_000, costUsd: 0.5 },
        },
      }),
      step('look_up', {
        name: 'Look up an order',
        type: 'http.request',
        at: [200, 200],
        params: {
          method: 'GET',
          url: 'https://shop.example.com/orders',
          query: { number: { agent: 'The number of the order, such as A-1001.' } },
        },
        tool: {
          name: 'look_up_order',
          description: 'What is known of an order: state, items, delivery date.',
        },
      }),
      step('hand_off', {
        name: 'Hand off to the team',
        type: 'slack.post',
        at: [480, 200],
        params: {
          channel: '#support',
          text: { agent: 'Who it is, their number, and what they want, in two lines.' },
        },
        tool: { name: 'hand_off', description: 'Asks a person of the team to take over.' },
      }),
      step('reply', {
        name: 'Send the answer',
        type: 'whatsapp.evolution_send',
        at: [600, 0],
        params: { to: expr('trigger.from'), message: { kind: 'text', text: expr('steps.agent.text') } },
      }),
    ],
    edges: threads('message>agent', 'agent:tools>look_up', 'agent:tools>hand_off', 'agent>reply'),
  },
  parameters: [
    connection('whatsapp', {
      label: 'WhatsApp',
      kinds: ['whatsapp.evolution'],
      nodes: ['message', 'reply'],
    }),
    ...model(['agent']),
    text('orders_url', {
      label: 'Address of your orders',
      help: 'Called with ?number=…',
      places: ['look_up.params.url'],
      default: 'https://shop.example.com/orders',
    }),
    connection('slack', { label: 'Slack', kinds: ['slack.bot'], nodes: ['hand_off'] }),
    text('channel', {
      label: 'Channel of your team',
      places: ['hand_off.params.channel'],
      default: '#support',
    }),
    text('instructions', {
      label: 'How it speaks',
      places: ['agent.params.instructions'],
      default: INSTRUCTIONS,
      multiline: true,
    }),
  ],
  translations: {
    'pt-BR': {
      name: 'Responder clientes no WhatsApp',
      summary:
        'Um agente de IA consulta pedidos e responde no WhatsApp; o que ele não sabe responder vai para a equipe.',
      readme: `Cada mensagem do WhatsApp é respondida por um agente de IA que se lembra da conversa. Ele consulta pedidos na sua loja. Quando é preciso uma pessoa, publica a conversa em um canal do Slack e avisa o cliente.

## Do que você precisa

- **WhatsApp** pela Evolution API, com o webhook apontado para o endereço que este fluxo mostra.
- A chave de um **modelo** (Claude, ou qualquer um compatível com OpenAI).
- O endereço dos **pedidos da loja**, chamado como \`GET <endereço>?number=…\`.
- Uma conexão com o **Slack** para passar a conversa adiante.

## Deixe do seu jeito

- O jeito de falar está nas instruções de *Responder o cliente*.
- Desenhe mais ferramentas ligadas a ele: cada uma vira algo que ele sabe fazer. Peça *aprovação* nas que mudam alguma coisa.
- Os limites (chamadas, tokens, dólares) ficam no mesmo passo.`,
      texts: {
        'Message comes in': 'Chega uma mensagem',
        'Answer the customer': 'Responder o cliente',
        [INSTRUCTIONS]: INSTRUCTIONS_PT,
        'Look up an order': 'Consultar um pedido',
        'The number of the order, such as A-1001.': 'O número do pedido, como A-1001.',
        'What is known of an order: state, items, delivery date.':
          'O que se sabe de um pedido: estado, itens, data de entrega.',
        'Hand off to the team': 'Passar para a equipe',
        'Who it is, their number, and what they want, in two lines.':
          'Quem é, o número e o que quer, em duas linhas.',
        'Asks a person of the team to take over.': 'Pede que uma pessoa da equipe assuma.',
        'Send the answer': 'Enviar a resposta',
        ...modelWords,
        'Address of your orders': 'Endereço dos seus pedidos',
        'Called with ?number=…': 'Chamado com ?number=…',
        'Channel of your team': 'Canal da sua equipe',
        '#support': '#atendimento',
        'How it speaks': 'Como ele fala',
      },
    },
  },
  sample: {
    values: {},
    trigger: {
      id: 'M1',
      from: '5511912345678',
      name: 'Ada',
      chat: '5511912345678@s.whatsapp.net',
      text: 'Where is my order A-1001?',
      type: 'text',
      at: '2026-01-01T12:00:00.000Z',
      group: false,
      message: { conversation: 'Where is my order A-1001?' },
    },
  },
}
