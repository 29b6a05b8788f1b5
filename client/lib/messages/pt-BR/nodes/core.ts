import type { NodeWords } from '../../node-words.ts'

const match = { title: 'Devem valer', options: { all: 'Todas', any: 'Qualquer uma' } }
const comparison = {
  title: 'Comparação',
  options: {
    equals: 'é igual a',
    not_equals: 'é diferente de',
    greater: 'é maior que',
    less: 'é menor que',
    at_least: 'é no mínimo',
    at_most: 'é no máximo',
    contains: 'contém',
    not_contains: 'não contém',
    starts_with: 'começa com',
    ends_with: 'termina com',
    is_empty: 'está vazio',
    is_not_empty: 'não está vazio',
    is_true: 'é verdadeiro',
    is_false: 'é falso',
    exists: 'existe',
  },
}

const listOfPage = {
  title: 'A lista está em',
  help: 'Um campo da resposta, como data.orders; vazio quando a resposta é a lista.',
  placeholder: 'data',
}
const mostPages = { title: 'Páginas no máximo', help: 'São no máximo 100.' }

/** The nodes of the language itself. */
export const coreNodes: Readonly<Record<string, NodeWords>> = {
  trigger_manual: {
    title: 'Executar à mão',
    summary: 'Começa quando alguém clica em Executar, ou pela API, com qualquer JSON de entrada.',
    line: 'Quando alguém clica em Executar',
    examples: ['Sem entrada', 'Com uma lista para trabalhar'],
    fields: {
      sample: {
        title: 'Entrada de exemplo',
        help: 'Usada ao clicar em Executar, e para saber que campos o gatilho tem. Deixe vazia se o fluxo não precisa de entrada.',
        placeholder: '{ "nome": "Ada" }',
      },
    },
  },
  trigger_webhook: {
    title: 'Webhook',
    summary: 'Começa quando outro sistema chama um endereço web.',
    line: '{method} /{path}',
    examples: ['Receber um pedido', 'Responder a uma pergunta'],
    fields: {
      method: {
        title: 'Método',
        help: 'Que tipo de requisição inicia o fluxo.',
        options: { ANY: 'Qualquer método' },
      },
      path: {
        title: 'Caminho',
        help: 'A última parte do endereço: letras minúsculas, dígitos, - e _, com / entre as partes. O endereço inteiro aparece depois de publicar.',
        placeholder: 'novo-pedido',
      },
      answer: {
        title: 'Responder a quem chamou',
        help: 'Na hora: 202 e o id da execução. Quando a execução termina: a saída dela. Com um nó Responder: o que ele disser.',
        options: {
          at_once: 'Na hora',
          when_done: 'Quando a execução termina',
          by_node: 'Com um nó Responder',
        },
      },
    },
  },
  trigger_schedule: {
    title: 'Agenda',
    summary: 'Começa em horários marcados, como todo dia útil às nove.',
    line: '{cron} · {zone}',
    examples: ['Todo dia útil às nove', 'A cada hora'],
    fields: {
      cron: {
        title: 'Quando',
        help: 'Uma regra cron de cinco campos (minuto, hora, dia, mês, dia da semana), ou seis com os segundos na frente.',
        placeholder: '0 9 * * 1-5',
      },
      zone: {
        title: 'Fuso horário',
        help: 'Os horários são lidos neste fuso. Um horário que a mudança de relógio pula acontece logo depois dela; um que se repete acontece uma vez.',
        placeholder: 'America/Sao_Paulo',
      },
      missed: {
        title: 'Horários perdidos',
        help: 'O que fazer com horários que passaram enquanto o Trama estava parado.',
        options: {
          skip: 'Deixar de lado',
          latest: 'Executar uma vez pelo mais recente',
          all: 'Executar por cada um deles',
        },
      },
      windowHours: {
        title: 'Recuperar no máximo',
        help: 'Horas. Horários perdidos há mais tempo do que isso ficam de fora e são registrados como perdidos.',
      },
    },
  },
  flow_if: {
    title: 'Se',
    summary: 'Segue um de dois caminhos, conforme as condições.',
    line: 'Se {conditions}',
    examples: ['Pedidos grandes', 'Tem endereço de e-mail', 'Qualquer uma de várias'],
    fields: {
      conditions: {
        title: 'Condições',
        help: 'Texto que parece número é comparado como número: "10" é maior que 9. Maiúsculas e minúsculas contam.',
      },
      'conditions/match': match,
      'conditions/rules': { title: 'Regras' },
      'conditions/rules/left': {
        title: 'Valor',
        help: 'O que olhar. Um campo que não existe conta como vazio.',
      },
      'conditions/rules/op': comparison,
      'conditions/rules/right': { title: 'Comparado com' },
    },
  },
  flow_switch: {
    title: 'Escolher caminho',
    summary: 'Segue o caminho cujo valor combina, ou o padrão.',
    line: 'Por {value}',
    examples: ['Pela situação de um pedido', 'Nada combina'],
    fields: {
      value: { title: 'Valor', help: 'O que olhar. Um campo que não existe segue o caminho padrão.' },
      cases: {
        title: 'Casos',
        help: 'Vale o primeiro que combina. Um número e um texto que parece com ele são iguais.',
      },
      'cases/port': {
        title: 'Caminho',
        help: 'O nome da saída no desenho.',
        placeholder: 'pago',
      },
      'cases/equals': { title: 'Quando o valor é igual a', placeholder: 'pago' },
    },
  },
  flow_filter: {
    title: 'Filtrar',
    summary: 'Fica com os elementos de uma lista que servem.',
    line: 'Ficar com os que {conditions}',
    examples: ['Pedidos acima de 100', 'Nenhum fica'],
    fields: {
      list: { title: 'Lista', help: 'A lista a percorrer, de um passo anterior.' },
      conditions: {
        title: 'Ficar com um elemento quando',
        help: 'Texto que parece número é comparado como número. Um campo que não existe conta como vazio.',
      },
      'conditions/match': match,
      'conditions/rules': { title: 'Regras' },
      'conditions/rules/field': {
        title: 'Campo',
        help: 'Um campo de cada elemento, como total ou cliente.cidade. Vazio: o próprio elemento.',
        placeholder: 'total',
      },
      'conditions/rules/op': comparison,
      'conditions/rules/right': { title: 'Comparado com' },
    },
  },
  flow_each: {
    title: 'Para cada',
    summary: 'Executa os passos dentro dele uma vez para cada elemento de uma lista.',
    line: 'Para cada um de {list}',
    examples: ['Um depois do outro', 'Cinco por vez'],
    fields: {
      list: { title: 'Lista', help: 'Dentro, item é o elemento e index a sua posição, a partir de 0.' },
      concurrency: { title: 'Ao mesmo tempo', help: 'Quantos elementos são tratados de uma vez.' },
    },
  },
  flow_wait: {
    title: 'Esperar',
    summary: 'Segura a execução por um tempo, ou até um momento. Até dez anos; reinícios não atrapalham.',
    line: 'Esperar {wait}',
    examples: ['Duas horas', 'Até uma data', 'Uma data que já passou', 'Tempo demais'],
    fields: {
      wait: { title: 'Espera' },
      'wait/for': { title: 'Por um tempo' },
      'wait/for/amount': { title: 'Quanto tempo' },
      'wait/for/unit': {
        title: 'Unidade',
        options: { seconds: 'segundos', minutes: 'minutos', hours: 'horas', days: 'dias' },
      },
      'wait/until': { title: 'Até um momento' },
      'wait/until/at': {
        title: 'Data e hora',
        help: 'Com fuso, como 2027-01-31T09:00:00Z. Por um momento que já passou não se espera.',
        placeholder: '2027-01-31T09:00:00Z',
      },
    },
  },
  flow_respond: {
    title: 'Responder',
    summary: 'Responde a quem chamou o webhook. A execução continua depois.',
    line: 'Responder {status}',
    examples: ['Tudo certo', 'Não encontrado'],
    fields: {
      status: { title: 'Status', help: '200 é sucesso, 404 não encontrado, 409 conflito.' },
      body: {
        title: 'Corpo',
        help: 'Texto vai como está; qualquer outra coisa, como JSON.',
        placeholder: '{ "ok": true }',
      },
      headers: { title: 'Cabeçalhos', help: 'Somados à resposta.' },
    },
  },
  flow_stop: {
    title: 'Parar com erro',
    summary: 'Termina a execução com falha e uma mensagem sua.',
    line: '{message}',
    examples: ['Com uma mensagem', 'Com um código'],
    fields: {
      message: {
        title: 'Mensagem',
        help: 'Aparece na execução e na lista de execuções.',
        placeholder: 'O pedido não tem cliente',
      },
      code: { title: 'Código', help: 'Um nome curto para buscar: letras minúsculas, dígitos e _.' },
    },
  },
  flow_log: {
    title: 'Registrar',
    summary: 'Escreve uma linha no registro da execução.',
    line: '{message}',
    examples: ['Uma mensagem', 'Uma mensagem e um valor'],
    fields: {
      message: { title: 'Mensagem', placeholder: 'Pedido recebido' },
      data: { title: 'Valor', help: 'Aparece abaixo da mensagem, se houver.' },
    },
  },
  data_set: {
    title: 'Definir campos',
    summary: 'Monta um objeto com os campos que você nomear.',
    line: 'Definir {fields}',
    examples: ['Um objeto novo', 'Somar à entrada', 'Nomes nunca são caminhos', 'Nada para manter'],
    fields: {
      fields: {
        title: 'Campos',
        help: 'O nome vale como está: um ponto nele é um ponto, não um caminho. De dois iguais vale o último.',
      },
      'fields/name': { title: 'Nome', placeholder: 'total' },
      'fields/value': { title: 'Valor' },
      keep: { title: 'Manter os campos da entrada', help: 'Soma ao que chega pelo fio.' },
    },
  },
  code_run: {
    title: 'Código',
    summary: 'Executa o seu JavaScript isolado de tudo e dá o que ele devolve.',
    line: '{code}',
    examples: ['Somar uma lista', 'Com valores nomeados'],
    fields: {
      code: {
        title: 'JavaScript',
        help: 'O corpo de uma função: termine com return. Ele vê input e os valores abaixo, e não alcança mais nada: nem rede, nem arquivos.',
        placeholder: 'return input.pedidos.length',
      },
      values: {
        title: 'Valores',
        help: 'Dados de passos anteriores, cada um com um nome que o código pode usar.',
      },
      'values/name': { title: 'Nome', placeholder: 'pedidos' },
      'values/value': { title: 'Valor' },
    },
  },
  http_request: {
    title: 'Requisição HTTP',
    summary: 'Chama um endereço web e dá a resposta.',
    line: '{method} {url}',
    examples: [
      'Ler um usuário',
      'Criar um pedido',
      'Uma lista de várias páginas',
      'Uma página que não existe',
      'Olhar o status você mesmo',
    ],
    fields: {
      method: { title: 'Método', help: 'GET lê, POST cria, PUT e PATCH alteram, DELETE remove.' },
      url: {
        title: 'URL',
        help: 'O endereço inteiro, com https:// na frente.',
        placeholder: 'https://api.exemplo.com/usuarios',
      },
      query: { title: 'Parâmetros da URL', help: 'Somados ao endereço depois de ?.' },
      headers: { title: 'Cabeçalhos' },
      body: { title: 'Corpo', help: 'O que vai junto.' },
      'body/none': { title: 'Nenhum' },
      'body/json': { title: 'JSON' },
      'body/json/json': { title: 'JSON', placeholder: '{ "nome": "Ada" }' },
      'body/text': { title: 'Texto' },
      'body/text/text': { title: 'Texto' },
      'body/text/contentType': { title: 'Tipo de conteúdo' },
      'body/form': { title: 'Formulário' },
      'body/form/fields': { title: 'Campos do formulário' },
      'body/parts': { title: 'Formulário com arquivos' },
      'body/parts/parts': { title: 'Partes' },
      'body/parts/parts/value': { title: 'Valor' },
      'body/parts/parts/value/name': { title: 'Nome' },
      'body/parts/parts/value/value': { title: 'Valor' },
      'body/parts/parts/file': { title: 'Arquivo' },
      'body/parts/parts/file/name': { title: 'Nome' },
      'body/parts/parts/file/file': { title: 'Arquivo' },
      'body/file': { title: 'Um arquivo' },
      'body/file/file': { title: 'Arquivo' },
      pages: {
        title: 'Várias páginas',
        help: 'Busca uma página depois da outra; o corpo é então a lista de todos os elementos delas.',
      },
      'pages/one': { title: 'Não' },
      'pages/next': { title: 'Pelo endereço da próxima página' },
      'pages/next/next': {
        title: 'O próximo endereço está em',
        help: 'Um campo da resposta.',
        placeholder: 'links.next',
      },
      'pages/next/list': listOfPage,
      'pages/next/most': mostPages,
      'pages/link': { title: 'Pelo cabeçalho Link' },
      'pages/link/list': listOfPage,
      'pages/link/most': mostPages,
      'pages/number': { title: 'Por número' },
      'pages/number/name': { title: 'Nome na URL', placeholder: 'page' },
      'pages/number/first': { title: 'Primeira página' },
      'pages/number/list': listOfPage,
      'pages/number/most': mostPages,
      'pages/cursor': { title: 'Por cursor' },
      'pages/cursor/name': { title: 'Nome na URL', placeholder: 'cursor' },
      'pages/cursor/next': {
        title: 'O próximo cursor está em',
        help: 'Um campo da resposta.',
        placeholder: 'next_cursor',
      },
      'pages/cursor/list': listOfPage,
      'pages/cursor/most': mostPages,
      keepFile: {
        title: 'Guardar a resposta como arquivo',
        help: 'Para imagens, PDF e afins, até 25 MB: a saída tem um arquivo no lugar do corpo.',
      },
      failOnStatus: {
        title: 'Falhar com status de erro',
        help: 'Um status de 400 ou mais faz o passo falhar. Desligado: a resposta é a saída, diga o que disser.',
      },
    },
  },
}
