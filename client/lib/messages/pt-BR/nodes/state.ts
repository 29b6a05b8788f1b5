import type { FieldWords, NodeWords } from '../../node-words.ts'

const entry: Readonly<Record<string, FieldWords>> = {
  scope: {
    title: 'Guardado para',
    help: 'Só este fluxo, ou todos os fluxos da equipe.',
    options: { workflow: 'Este fluxo', tenant: 'A equipe inteira' },
  },
  key: { title: 'Chave', help: 'O nome da entrada.', placeholder: 'ultimo_pedido' },
}

const expiry: Readonly<Record<string, FieldWords>> = {
  expiry: { title: 'Duração', help: 'Depois disso é como se nunca tivesse existido.' },
  'expiry/never': { title: 'Até ser removida' },
  'expiry/after': { title: 'Por um tempo' },
  'expiry/after/amount': { title: 'Quanto tempo' },
  'expiry/after/unit': {
    title: 'Unidade',
    options: { minutes: 'minutos', hours: 'horas', days: 'dias' },
  },
}

export const stateNodes: Readonly<Record<string, NodeWords>> = {
  state_get: {
    title: 'Ler o estado',
    summary: 'Dá um valor que uma execução anterior guardou.',
    line: 'Ler {key}',
    examples: ['O último pedido que foi visto', 'Nada guardado ainda'],
    fields: { ...entry, otherwise: { title: 'Senão', help: 'O valor quando não há essa entrada.' } },
  },
  state_set: {
    title: 'Guardar estado',
    summary: 'Guarda um valor para as próximas execuções.',
    line: 'Guardar {key}',
    examples: ['Lembrar o último pedido', 'O idioma de um cliente, por um mês'],
    fields: { ...entry, value: { title: 'Valor', help: 'Até 256 KB de JSON.' }, ...expiry },
  },
  state_add: {
    title: 'Contar no estado',
    summary: 'Soma a um número que as próximas execuções veem. Execuções simultâneas não perdem a conta.',
    line: 'Somar {by} a {key}',
    examples: ['Contar visitas', 'Começar do 0'],
    fields: {
      ...entry,
      by: { title: 'Somar', help: 'Menos que 0 subtrai. O número começa em 0.' },
      ...expiry,
    },
  },
  state_remove: {
    title: 'Esquecer estado',
    summary: 'Remove uma entrada que foi guardada.',
    line: 'Esquecer {key}',
    examples: ['Começar de novo', 'Nada a esquecer'],
    fields: entry,
  },
}
