import type { NodeWords } from '../../node-words.ts'

const text = {
  title: 'SQL',
  help: 'Um comando só, com $1, $2 … no lugar dos valores. Nunca ponha um valor no próprio texto.',
  placeholder: 'SELECT * FROM pedidos WHERE estado = $1',
}
const values = { title: 'Valores', help: 'Para $1, $2 … nesta ordem.' }
const table = { title: 'Tabela', help: 'Com o esquema na frente, a não ser public.', placeholder: 'pedidos' }
const rows = {
  title: 'Linhas',
  help: 'Um objeto com as colunas como chaves, ou uma lista deles.',
  placeholder: '[{ "nome": "Ada" }]',
}

/** PostgreSQL. */
export const postgresNodes: Readonly<Record<string, NodeWords>> = {
  postgres_query: {
    title: 'Consultar o PostgreSQL',
    summary: 'Faz uma consulta que só lê, e traz as linhas.',
    examples: ['Pedidos de um cliente'],
    fields: {
      text,
      values,
      most: { title: 'No máximo', help: 'Uma consulta que traz mais linhas falha.' },
    },
  },
  postgres_execute: {
    title: 'Executar SQL no PostgreSQL',
    summary: 'Executa um comando que pode alterar dados, como UPDATE ou DELETE.',
    examples: ['Fechar um pedido'],
    fields: { text, values },
  },
  postgres_insert: {
    title: 'Acrescentar linhas no PostgreSQL',
    summary: 'Acrescenta linhas a uma tabela e as devolve como ficaram.',
    line: 'Acrescentar a {table}',
    examples: ['Acrescentar um pedido', 'Uma tabela que não existe'],
    fields: { table, rows },
  },
  postgres_upsert: {
    title: 'Acrescentar ou alterar linhas no PostgreSQL',
    summary: 'Acrescenta linhas, e altera as que já existem por uma coluna única.',
    line: 'Acrescentar ou alterar {table}',
    examples: ['Manter um cliente em dia'],
    fields: {
      table,
      rows,
      sameBy: { title: 'Igual por', help: 'Colunas que juntas são únicas; a chave primária, se vazio.' },
    },
  },
}
