import { expr, model, modelWords, step, text, threads } from './draw.ts'
import { challenger, cto, max, type Persona } from './personas.ts'
import type { Template } from './template.ts'

interface Words {
  summary: string
  greeting: string
  suggestion: string
  work: string
}

const words: Record<Persona['slug'], { en: Words; 'pt-BR': Words }> = {
  max: {
    en: {
      summary: 'A chat with MAX, who runs the business: where the value is, and the shortest way there.',
      greeting: 'What are we deciding?',
      suggestion: 'Should we sell to companies too?',
      work: 'MAX answers',
    },
    'pt-BR': {
      summary: 'Um chat com MAX, quem toca o negócio: onde está o valor e o caminho mais curto até lá.',
      greeting: 'O que vamos decidir?',
      suggestion: 'Devemos vender também para empresas?',
      work: 'MAX responde',
    },
  },
  cto: {
    en: {
      summary:
        'A chat with a CTO: how it can be built so that it holds, what it costs, and what breaks first.',
      greeting: 'What do you want to build?',
      suggestion: 'How would we take orders by WhatsApp?',
      work: 'The CTO answers',
    },
    'pt-BR': {
      summary:
        'Um chat com um CTO: como construir de um jeito que aguente, quanto custa e o que quebra primeiro.',
      greeting: 'O que você quer construir?',
      suggestion: 'Como receberíamos pedidos pelo WhatsApp?',
      work: 'O CTO responde',
    },
  },
  challenger: {
    en: {
      summary: 'A chat with the CHALLENGER, who finds the assumption that nobody has checked.',
      greeting: 'Tell me your plan. I will try to break it.',
      suggestion: 'We will double our prices in May.',
      work: 'The CHALLENGER answers',
    },
    'pt-BR': {
      summary: 'Um chat com o CHALLENGER, que acha a suposição que ninguém verificou.',
      greeting: 'Conte seu plano. Vou tentar derrubá-lo.',
      suggestion: 'Vamos dobrar nossos preços em maio.',
      work: 'O CHALLENGER responde',
    },
  },
}

const readmes = {
  en: (name: string) => `A chat page where ${name} answers, and remembers the conversation.

## What you need

- A key for a **model**.

## Make it yours

- Who ${name} is stands in the instructions. Tell what your company does and what matters to you.
- Draw tools to the agent, so that it can look things up.
- The *boardroom* lets MAX, CTO and CHALLENGER work a question together.`,
  'pt-BR': (name: string) => `Uma página de chat em que ${name} responde e se lembra da conversa.

## Do que você precisa

- A chave de um **modelo**.

## Deixe do seu jeito

- Quem é ${name} está nas instruções. Conte o que sua empresa faz e o que importa para vocês.
- Desenhe ferramentas ligadas ao agente, para que ele consulte o que precisa.
- A *sala de decisão* faz MAX, CTO e CHALLENGER trabalharem uma pergunta juntos.`,
}

/** A hosted chat with one of the three. */
function chatWith({ slug, name, icon, instructions }: Persona): Template {
  const { en, 'pt-BR': pt } = words[slug]
  return {
    slug,
    name,
    summary: en.summary,
    icon,
    tags: ['agent', 'chat', 'boardroom'],
    readme: readmes.en(name),
    document: {
      format: 1,
      nodes: [
        step('chat', {
          name: 'Chat page',
          type: 'trigger.chat',
          at: [0, 0],
          params: { path: slug, title: name, greeting: en.greeting, suggestions: [en.suggestion] },
        }),
        step('agent', {
          name: en.work,
          type: 'agent.run',
          at: [300, 0],
          params: {
            model: 'claude-sonnet-5-5',
            instructions: instructions.en,
            message: expr('trigger.message'),
            memory: { kind: 'conversation', key: expr('trigger.conversation'), messages: 30 },
            limits: { steps: 6, tokens: 60_000, costUsd: 0.5 },
          },
        }),
      ],
      edges: threads('chat>agent'),
    },
    parameters: [
      ...model(['agent']),
      text('who', {
        label: `Who ${name} is`,
        places: ['agent.params.instructions'],
        default: instructions.en,
        multiline: true,
      }),
    ],
    translations: {
      'pt-BR': {
        name:
          slug === 'challenger'
            ? 'CHALLENGER, que põe à prova'
            : slug === 'cto'
              ? 'CTO, que constrói'
              : 'MAX, que decide',
        summary: pt.summary,
        readme: readmes['pt-BR'](name),
        texts: {
          'Chat page': 'Página de chat',
          [en.work]: pt.work,
          [en.greeting]: pt.greeting,
          [en.suggestion]: pt.suggestion,
          [instructions.en]: instructions['pt-BR'],
          [`Who ${name} is`]: `Quem é ${name}`,
          ...modelWords,
        },
      },
    },
    sample: {
      values: {},
      trigger: { conversation: '0f8fad5b-d9cb-469f-a165-70867728950e', message: en.suggestion },
    },
  }
}

export const maxChat = chatWith(max)
export const ctoChat = chatWith(cto)
export const challengerChat = chatWith(challenger)
