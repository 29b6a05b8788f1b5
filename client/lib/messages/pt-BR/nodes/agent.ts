import type { FieldWords, NodeWords } from '../../node-words.ts'

const model: FieldWords = {
  title: 'Modelo',
  help: 'Com o nome que o provedor lhe dá.',
  placeholder: 'claude-sonnet-5-5',
}

const asking: Readonly<Record<string, FieldWords>> = {
  model,
  instructions: {
    title: 'Instruções',
    help: 'Quem ele é, o que deve fazer e o que não pode.',
    placeholder: 'Você atende clientes de uma torrefação de café. Seja breve e simpático.',
  },
  message: { title: 'Mensagem', help: 'O que se pergunta agora.' },
  output: { title: 'Resposta', help: 'Texto, ou dados numa forma em que os próximos passos possam confiar.' },
  'output/text': { title: 'Texto' },
  'output/json': { title: 'Dados' },
  'output/json/schema': {
    title: 'Forma',
    help: 'Um JSON Schema. Uma resposta que não serve volta uma vez; depois disso o passo falha.',
    placeholder:
      '{ "type": "object", "properties": { "humor": { "type": "string" } }, "required": ["humor"] }',
  },
  fallback: {
    title: 'No lugar dele',
    help: 'Tentados nesta ordem quando o modelo está fora do ar, sobrecarregado ou lento demais, ou quando a chave não é aceita.',
  },
  'fallback/connection': { title: 'Conexão' },
  'fallback/model': model,
  maxTokens: {
    title: 'Tokens de uma resposta',
    help: 'O máximo que uma resposta pode ter, contando o que o modelo pensa consigo.',
  },
  temperature: {
    title: 'Temperatura',
    help: 'Para modelos compatíveis com a OpenAI que a aceitam. O Claude decide sozinho e não a recebe.',
  },
}

export const agentNodes: Readonly<Record<string, NodeWords>> = {
  agent_run: {
    title: 'Agente de IA',
    summary: 'Um modelo com instruções que usa as ferramentas que você liga a ele, até ter uma resposta.',
    line: '{message}',
    examples: [
      'Responder a uma pergunta',
      'Consultar algo antes de responder',
      'Um limite o para antes da próxima chamada',
    ],
    fields: {
      ...asking,
      memory: { title: 'Memória' },
      'memory/none': { title: 'Nenhuma' },
      'memory/conversation': { title: 'Por conversa' },
      'memory/conversation/key': {
        title: 'Conversa',
        help: 'O que distingue uma conversa da outra, como um número de telefone. Cada uma tem a sua memória.',
        placeholder: 'trigger.from',
      },
      'memory/conversation/messages': {
        title: 'Mensagens',
        help: 'De quantas das mais novas ele se lembra; chamadas de ferramentas e seus resultados também contam.',
      },
      limits: { title: 'Limites' },
      'limits/steps': {
        title: 'Chamadas do modelo',
        help: 'Depois de tantas o agente é parado, antes da próxima.',
      },
      'limits/tokens': { title: 'Tokens', help: 'De todas as chamadas juntas, lidos e escritos.' },
      'limits/costUsd': { title: 'Dólares', help: 'Exige um modelo cujo preço seja conhecido.' },
    },
  },
  agent_ask: {
    title: 'Perguntar a um modelo',
    summary:
      'Pergunta uma vez a um modelo e dá a resposta como texto ou como dados na forma que você escolher.',
    line: '{message}',
    examples: [
      'Resumir',
      'Classificar uma mensagem',
      'Uma resposta que não serve volta uma vez',
      'Uma recusa é uma falha',
    ],
    fields: asking,
  },
}
