import type { NodeWords } from '../../node-words.ts'

const table = { title: 'Tabela', placeholder: 'pedidos' }
const where = { title: 'Onde', help: 'Todas as condições têm de valer.' }
const filters = {
  'filters/column': { title: 'Coluna', placeholder: 'estado' },
  'filters/op': {
    title: 'Comparação',
    options: {
      eq: 'é',
      neq: 'não é',
      gt: 'é maior que',
      gte: 'é no mínimo',
      lt: 'é menor que',
      lte: 'é no máximo',
      like: 'parece (* para qualquer coisa)',
      ilike: 'parece, maiúsculas ou minúsculas',
      in: 'é um destes',
      is: 'é null, true ou false',
      cs: 'contém',
    },
  },
  'filters/value': { title: 'Valor' },
}
const rows = {
  title: 'Linhas',
  help: 'Um objeto com as colunas como chaves, ou uma lista deles.',
  placeholder: '[{ "nome": "Ada" }]',
}

/** Supabase. */
export const supabaseNodes: Readonly<Record<string, NodeWords>> = {
  supabase_select: {
    title: 'Ler linhas do Supabase',
    summary: 'Acha linhas de uma tabela por filtros.',
    line: 'Ler {table}',
    examples: ['Pedidos pagos'],
    fields: {
      table,
      columns: { title: 'Colunas', help: 'Todas, se vazio.' },
      filters: where,
      ...filters,
      order: { title: 'Ordenar por' },
      'order/column': { title: 'Coluna' },
      'order/down': { title: 'Do maior para o menor' },
      most: { title: 'No máximo' },
      skip: { title: 'Pular' },
    },
  },
  supabase_insert: {
    title: 'Acrescentar linhas no Supabase',
    summary: 'Acrescenta linhas a uma tabela e as devolve como ficaram.',
    line: 'Acrescentar a {table}',
    examples: ['Acrescentar um pedido'],
    fields: { table, rows },
  },
  supabase_update: {
    title: 'Alterar linhas no Supabase',
    summary: 'Altera as linhas que os filtros acham.',
    line: 'Alterar {table}',
    examples: ['Marcar um pedido como pago'],
    fields: {
      table,
      filters: where,
      ...filters,
      values: {
        title: 'Valores',
        help: 'Um objeto com as colunas como chaves.',
        placeholder: '{ "estado": "pago" }',
      },
    },
  },
  supabase_upsert: {
    title: 'Acrescentar ou alterar linhas no Supabase',
    summary: 'Acrescenta linhas, e altera as que já existem por uma coluna única.',
    line: 'Acrescentar ou alterar {table}',
    examples: ['Manter um cliente em dia'],
    fields: {
      table,
      rows,
      sameBy: { title: 'Igual por', help: 'Colunas que juntas são únicas; a chave primária, se vazio.' },
      present: { title: 'O que já existe', options: { change: 'É alterado', keep: 'Fica como está' } },
    },
  },
  supabase_delete: {
    title: 'Apagar linhas no Supabase',
    summary: 'Apaga as linhas que os filtros acham e as devolve como eram.',
    line: 'Apagar de {table}',
    examples: ['Apagar carrinhos velhos'],
    fields: {
      table,
      filters: {
        title: 'Onde',
        help: 'Todas as condições têm de valer. Pelo menos uma: nenhuma tabela se esvazia por engano.',
      },
      ...filters,
    },
  },
  supabase_call: {
    title: 'Chamar uma função do Supabase',
    summary: 'Chama uma função do banco (RPC) e traz o que ela devolve.',
    line: 'Chamar {name}',
    examples: ['Uma soma'],
    fields: {
      name: { title: 'Função', placeholder: 'fechar_mes' },
      args: {
        title: 'Argumentos',
        help: 'Um objeto com os nomes deles como chaves.',
        placeholder: '{ "mes": "2026-01" }',
      },
    },
  },
}
