import { expr, model, modelWords, step, text, threads } from './draw.ts'
import { challenger, cto, max, type Persona } from './personas.ts'
import type { Template } from './template.ts'

const RULES = `You sit in a boardroom with MAX, the CTO and the CHALLENGER. You are given the question and what was said so far; it is your turn.
Answer the last speakers, do not repeat them. Set agreed to true only when you would sign the proposal as it stands now.`
const RULES_PT = `Você está numa sala de decisão com MAX, o CTO e o CHALLENGER. Você recebe a pergunta e o que foi dito até agora; é a sua vez.
Responda aos últimos que falaram, sem repetir. Marque agreed como true só quando assinaria a proposta como ela está agora.`
const SUM_UP =
  'Write the decision in five lines: what, why, what it costs, what could go wrong, the first step. Say where they did not agree.'
const SUM_UP_PT =
  'Escreva a decisão em cinco linhas: o quê, por quê, quanto custa, o que pode dar errado, o primeiro passo. Diga onde não concordaram.'

const opinion = {
  kind: 'json',
  schema: {
    type: 'object',
    properties: { says: { type: 'string' }, agreed: { type: 'boolean' } },
    required: ['says', 'agreed'],
  },
}

const WAS_SAID = "item?.minutes ?? ''"

/** One of the three in a round: hears the question, the rounds before, and who spoke before in this one. */
const speaker = ({ slug, name, instructions }: Persona, at: readonly [number, number], before: string) =>
  step(slug, {
    name,
    type: 'agent.ask',
    at,
    parent: 'rounds',
    params: {
      model: 'claude-sonnet-5-5',
      instructions: `${instructions.en}\n\n${RULES}`,
      message: expr(`\`Question: \${trigger.question}\\n\\n\${${WAS_SAID}}${before}\``),
      output: opinion,
      maxTokens: 2_000,
    },
  })

const words = ({ instructions }: Persona) => ({
  [`${instructions.en}\n\n${RULES}`]: `${instructions['pt-BR']}\n\n${RULES_PT}`,
})
const asked = (before: string, question: string) =>
  `\`${question}: \${trigger.question}\\n\\n\${${WAS_SAID}}${before}\``
const afterMax = 'MAX: ${steps.max.data.says}\\n'
const afterCto = `${afterMax}CTO: \${steps.cto.data.says}\\n`
const MINUTES = `\`\${${WAS_SAID}}${afterCto}CHALLENGER: \${steps.challenger.data.says}\\n\\n\``

/** MAX, CTO and CHALLENGER work a question in turns until they agree, or the rounds are used up. */
export const boardroom: Template = {
  slug: 'boardroom',
  name: 'Boardroom',
  summary:
    'MAX, CTO and CHALLENGER work a question in turns until they agree, or the budget ends; you get the decision.',
  icon: 'users',
  tags: ['agent', 'boardroom', 'decisions'],
  readme: `Give it a question. **MAX** says what brings the most, the **CTO** how it can be built, the **CHALLENGER** tries to break it. They go on in rounds, each hearing the others, until all three agree or the rounds are used up. At the end you get the decision, and where they did not agree.

## What you need

- A key for a **model**. Three rounds are about ten model calls.

## Make it yours

- Who they are stands in the instructions of each.
- How many rounds at most is in *Until they agree*.
- Start it from a chat or a form instead of by hand: the question is read from \`trigger.question\`.

## What it may cost

Each call is in the run with its tokens and its price. The limit of your tenant's month stops it before the next call.`,
  document: {
    format: 1,
    nodes: [
      step('question', {
        name: 'A question',
        type: 'trigger.manual',
        at: [0, 80],
        params: { sample: { question: 'Should we sell to companies too?' } },
      }),
      step('rounds', {
        name: 'Until they agree',
        type: 'flow.repeat',
        at: [300, 0],
        size: { width: 1240, height: 200 },
        params: { until: expr('item.agreed'), most: 3 },
      }),
      speaker(max, [20, 70], ''),
      speaker(cto, [320, 70], afterMax),
      speaker(challenger, [620, 70], afterCto),
      step('minutes', {
        name: 'Take the minutes',
        type: 'data.set',
        at: [920, 70],
        parent: 'rounds',
        params: {
          fields: [
            { name: 'minutes', value: expr(MINUTES) },
            {
              name: 'agreed',
              value: expr('steps.max.data.agreed && steps.cto.data.agreed && steps.challenger.data.agreed'),
            },
          ],
          keep: false,
        },
      }),
      step('decision', {
        name: 'Write the decision',
        type: 'agent.ask',
        at: [1600, 80],
        params: {
          model: 'claude-sonnet-5-5',
          instructions: SUM_UP,
          message: expr('`${trigger.question}\n\n${steps.rounds.output.minutes}`'),
          maxTokens: 2_000,
        },
      }),
    ],
    edges: threads('question>rounds', 'max>cto', 'cto>challenger', 'challenger>minutes', 'rounds>decision'),
  },
  parameters: [
    ...model(['max', 'cto', 'challenger', 'decision']),
    text('max_who', {
      label: 'Who MAX is',
      places: ['max.params.instructions'],
      default: `${max.instructions.en}\n\n${RULES}`,
      multiline: true,
    }),
  ],
  translations: {
    'pt-BR': {
      name: 'Sala de decisão',
      summary:
        'MAX, CTO e CHALLENGER trabalham uma pergunta em rodadas até concordar, ou até o orçamento acabar; você recebe a decisão.',
      readme: `Dê uma pergunta. **MAX** diz o que traz mais, o **CTO** como construir, o **CHALLENGER** tenta derrubar. Eles seguem em rodadas, um ouvindo o outro, até os três concordarem ou as rodadas acabarem. No fim você recebe a decisão, e onde não concordaram.

## Do que você precisa

- A chave de um **modelo**. Três rodadas são cerca de dez chamadas.

## Deixe do seu jeito

- Quem são eles está nas instruções de cada um.
- Quantas rodadas no máximo fica em *Até concordarem*.
- Comece por um chat ou formulário em vez de à mão: a pergunta é lida de \`trigger.question\`.

## Quanto pode custar

Cada chamada está na execução, com tokens e preço. O limite do mês do seu tenant para antes da próxima chamada.`,
      texts: {
        'A question': 'Uma pergunta',
        'Until they agree': 'Até concordarem',
        ...words(max),
        ...words(cto),
        ...words(challenger),
        [asked('', 'Question')]: asked('', 'Pergunta'),
        [asked(afterMax, 'Question')]: asked(afterMax, 'Pergunta'),
        [asked(afterCto, 'Question')]: asked(afterCto, 'Pergunta'),
        'Take the minutes': 'Escrever a ata',
        'Write the decision': 'Escrever a decisão',
        [SUM_UP]: SUM_UP_PT,
        ...modelWords,
        'Who MAX is': 'Quem é MAX',
      },
    },
  },
  sample: { values: {}, trigger: { question: 'Should we sell to companies too?' } },
}
