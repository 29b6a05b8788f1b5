import type { NodeWords } from '../../node-words.ts'

export const graphqlNodes: Readonly<Record<string, NodeWords>> = {
  graphql_request: {
    title: 'Requisição GraphQL',
    summary: 'Pede a um endereço GraphQL exatamente os campos necessários, ou muda algo lá.',
    line: 'GraphQL {url}',
    examples: ['Ler um pedido', 'Um campo que não existe'],
    fields: {
      url: { title: 'URL', help: 'Do endpoint GraphQL.', placeholder: 'https://api.exemplo.com/graphql' },
      query: {
        title: 'Consulta',
        help: 'Uma query ou uma mutation. O que muda a cada vez vai nas variáveis, não neste texto.',
        placeholder: 'query Pedido($id: ID!) {\n  order(id: $id) { total }\n}',
      },
      variables: { title: 'Variáveis', placeholder: '{ "id": "7" }' },
      operation: {
        title: 'Operação',
        help: 'Qual executar, quando o texto tem várias.',
        placeholder: 'Pedido',
      },
      headers: { title: 'Cabeçalhos' },
      partial: {
        title: 'Aceitar uma resposta parcial',
        help: 'Continua quando há erros ao lado dos dados. Desligado: qualquer erro faz o passo falhar.',
      },
    },
  },
}
