import type { NodeInfo } from '#nodes/graph/node-info.ts'

/** What people call a node, in both languages, besides its title. */
const keywords: Readonly<Record<string, string>> = {
  'trigger.manual': 'start button hand test iniciar manual botão mão teste começar',
  'trigger.webhook': 'http hook endpoint url receive api form gancho receber entrada chamada endereço',
  'trigger.schedule': 'cron timer every day hour clock agenda agendar todo dia hora relógio',
  'flow.if': 'condition branch decide when else condição se senão decidir ramo',
  'flow.switch': 'branch cases router route path caminho casos rotear escolher',
  'flow.filter': 'keep only where list remove filtrar manter somente lista',
  'flow.each': 'loop iterate list repeat foreach laço repetir lista cada iterar',
  'flow.wait': 'delay sleep pause timer until esperar atraso pausa aguardar até',
  'flow.respond': 'reply answer return response webhook responder resposta devolver',
  'flow.stop': 'fail error throw abort end parar erro falhar encerrar',
  'flow.log': 'note print debug write registrar anotar depurar escrever',
  'data.set': 'map fields edit transform object shape campos mapear editar objeto transformar',
  'code.run': 'javascript typescript script function custom código função programar',
  'flow.try': 'catch finally error exception saga tentar capturar erro exceção falha',
  'flow.repeat': 'loop until while again poll laço repetir até enquanto novamente',
  'flow.call': 'subworkflow workflow run invoke call chamar subfluxo fluxo executar',
  'flow.wait_webhook': 'callback pause until call esperar retorno chamada',
  'trigger.called': 'subworkflow function subfluxo função chamado',
  'trigger.error': 'failure alert catch error falha erro alerta',
  'trigger.chat': 'bot conversation message page conversa mensagem página',
  'trigger.form': 'questions answers page lead perguntas respostas página formulário',
  'agent.run': 'ai llm bot claude gpt assistant tools ia inteligência assistente ferramentas',
  'agent.ask': 'ai llm prompt claude gpt question classify extract ia pergunta classificar extrair',
  'person.approval': 'approve human ok decide manual aprovar pessoa humano decidir',
  'person.form': 'ask human questions perguntar pessoa formulário',
  'http.request': 'api rest call fetch get post url curl requisição chamar buscar enviar',
}

/** What people call a whole service, in both languages. */
const serviceWords: Readonly<Record<string, string>> = {
  state: 'memory store key value remember memória guardar chave valor lembrar',
  gmail: 'google email e-mail mail inbox caixa de entrada',
  sheets: 'google spreadsheet table rows planilha tabela linhas excel',
  email: 'smtp mail e-mail send enviar',
  postgres: 'sql database db query banco de dados consulta tabela',
  supabase: 'database db rows banco de dados linhas',
  whatsapp: 'zap message phone evolution meta mensagem telefone',
  slack: 'message channel chat mensagem canal',
  stripe: 'payment money card customer pagamento dinheiro cartão cliente',
  cloudflare: 'dns domain cache domínio',
  graphql: 'api query mutation consulta',
}

/** Words that tell nothing among others. */
const little: ReadonlySet<string> = new Set([
  'a',
  'an',
  'the',
  'of',
  'to',
  'in',
  'o',
  'os',
  'as',
  'de',
  'da',
  'do',
  'em',
  'um',
  'uma',
  'para',
])

/** The kinds of nodes a query finds, best first; all of them for no query. Accents and case do not matter. */
export function searchNodes(entries: readonly NodeInfo[], query: string): NodeInfo[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word, _at, all) => word !== '' && (all.length === 1 || !little.has(word)))
  if (words.length === 0) return [...entries]
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .map(({ entry }) => entry)
}

/** Every word must be found somewhere; a title's beginning counts most. */
function scoreOf({ id, title, summary }: NodeInfo, words: string[]): number {
  const name = fold(title)
  const service = serviceOf(id)
  const others = fold(`${keywords[id] ?? ''} ${serviceWords[service] ?? ''} ${id.replace(/[._]/g, ' ')}`)
  const sentence = fold(summary)
  const scores = words.map((word) => {
    if (name.startsWith(word)) return 8
    if (name.includes(` ${word}`)) return 6
    if (others.split(' ').some((text) => text.startsWith(word))) return 4
    if (name.includes(word)) return 3
    return sentence.includes(word) ? 1 : 0
  })
  return scores.some((score) => score === 0) ? 0 : scores.reduce<number>((sum, score) => sum + score, 0)
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** The part of an id that names its service: `slack` of `slack.post`. */
export const serviceOf = (id: string) => id.slice(0, Math.max(0, id.indexOf('.')))
