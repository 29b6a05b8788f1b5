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
  'http.request': 'api rest call fetch get post url curl requisição chamar buscar enviar',
}

/** The kinds of nodes a query finds, best first; all of them for no query. Accents and case do not matter. */
export function searchNodes(entries: readonly NodeInfo[], query: string): NodeInfo[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
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
  const others = fold(`${keywords[id] ?? ''} ${id.replace('.', ' ')}`)
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
